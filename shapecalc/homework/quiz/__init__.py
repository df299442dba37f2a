"""Quizzes: a worksheet of any network with blanks in it, its key, and a variant of it for each student."""
