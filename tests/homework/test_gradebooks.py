"""Marks go into the teacher's own file: other cells keep every byte, and nobody's marks go to somebody else.

The columns are those of Canvas exports, of Moodle's offline grading worksheet and of nbgrader's export, as several
independent tools read and write them.
"""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.errors import UsageError
from shapecalc.homework.gradebooks import fill
from shapecalc.report.gradebook import Gradebook
from shapecalc.report.grades import Cell, Grades, Sheet

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,HW1 (4314282),Exam (99)\r\n"
    "    Points Possible,,,,,14,100\r\n"
    '"Doe, Jane",10,u10,jdoe,"A, ""one""",,55\r\n'
    '"Li, Mei",11,u11,mli,A,"3",\r\n'
    '"Roe, Richard",12,u12,rroe,A,7,\r\n'
)
MOODLE = (
    "\ufeffIdentifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,Feedback comments\n"
    'Participant 123,Jane Doe,,jane@x.org,Submitted,,"14,00",Yes,"a ""good"" one"\n'
    'Participant 124,Mei Li,,mei@x.org,Submitted,"3,50","14,00",Yes,\n'
    'Participant 125,Richard Roe,,rich@x.org,Submitted,-,"14,00",No,\n'
)
NBGRADER = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score\n"
    "hw1,,2024-01-01,jane,,,,,0.0,,10.0\n"
    "hw1,,,mei,Li,Mei,,0.0,2.0,0.0,10.0\n"
    "hw1,,,absent,,,,,0.0,,10.0\n"
    "hw2,,,jane,,,,5.0,0.0,5.0,10.0\n"
)


def grades(**scores: float) -> Grades:
    """Sheets by student, of 14 marks each; `name__fact` puts a fact beside it."""
    return Grades("HW1", {}, tuple(sheet(name, score) for name, score in scores.items()))


def sheet(student: str, score: float, **facts: Any) -> Sheet:
    cell = Cell("c", "params", "", None, 1, "wrong", score / 14, 14)
    return Sheet(student, f"{student}.csv", (cell,), facts=facts)


def test_canvas_by_login_number_and_name() -> None:
    handed = Grades("HW1", {}, (sheet("jdoe", 13), sheet("x", 11.5, user="11"), sheet("roerichard", 9)))
    filled = fill(CANVAS, handed, None, "canvas.csv")
    assert filled.text == (
        CANVAS.replace('"A, ""one""",,55', '"A, ""one""",13,55')
        .replace('A,"3",', 'A,"11.5",')
        .replace("A,7,", "A,9,")
    )
    assert filled.notes == ()


def test_canvas_says_which_column() -> None:
    with pytest.raises(UsageError) as caught:
        fill(CANVAS, grades(jdoe=1)._replace(name="lenet"), None, "canvas.csv")
    assert str(caught.value) == "canvas.csv has 2 assignments, and none is called lenet"
    assert caught.value.help == "give --column NAME; there are HW1 (4314282), Exam (99)"
    for column in ("HW1", "hw1 (4314282)", "4314282"):
        text = fill(CANVAS, grades(jdoe=1)._replace(name="lenet"), column, "canvas.csv").text
        assert '"A, ""one""",1,55' in text
    scaled = fill(CANVAS, grades(jdoe=7), "Exam", "canvas.csv")
    assert '"A, ""one""",,50' in scaled.text and "scaled from 14 marks to the gradebook's 100" in scaled.notes
    with pytest.raises(UsageError, match="no column Exm"):
        fill(CANVAS, grades(jdoe=7), "Exm", "canvas.csv")


def test_who_is_missing_and_who_is_unknown() -> None:
    filled = fill(CANVAS, grades(jdoe=1, nobody=2), None, "canvas.csv")
    assert filled.notes == ("not in the gradebook: nobody", "no hand-in: 11, 12")
    assert '"Li, Mei",11,u11,mli,A,"3",\r\n' in filled.text


def test_a_name_that_fits_two_fits_none() -> None:
    two = CANVAS + '"Doe, Jane",13,u13,jdoe2,A,,\r\n'
    filled = fill(two, grades(janedoe=5), None, "canvas.csv")
    assert filled.text == two
    assert filled.notes[0] == "more than one row of the gradebook fits, and none was filled: janedoe"
    surer = Grades("HW1", {}, (sheet("Jane Doe", 5, login="jdoe2"),))
    assert '"Doe, Jane",13,u13,jdoe2,A,5,\r\n' in fill(two, surer, None, "canvas.csv").text


def test_the_best_of_two_counts() -> None:
    handed = Grades("HW1", {}, (sheet("jdoe", 5), sheet("u10", 9), sheet("10", 7)))
    filled = fill(CANVAS, handed, None, "canvas.csv")
    assert '"A, ""one""",9,55' in filled.text
    assert filled.notes[0] == "handed in more than once, and the best counts: u10, 10"


def test_moodle_with_decimal_commas() -> None:
    handed = Grades(
        "key", {}, (sheet("Jane Doe", 11.5, identifier="123"), sheet("mei@x.org", 13), sheet("rich@x.org", 9))
    )
    filled = fill(MOODLE, handed, None, "moodle.csv")
    assert filled.text == MOODLE.replace('Submitted,,"14,00"', 'Submitted,"11,5","14,00"').replace(
        '"3,50"', '"13"'
    )
    assert filled.notes == ("the grade of Participant 125 may not be changed, and was left",)


def test_moodle_scales_to_its_maximum() -> None:
    hundred = MOODLE.replace('"14,00"', "100.00").replace('"3,50"', "")
    filled = fill(hundred, Grades("k", {}, (sheet("jane@x.org", 11.5),)), None, "m.csv")
    assert "Submitted,82.14,100.00,Yes" in filled.text


def test_nbgrader() -> None:
    filled = fill(NBGRADER, grades(jane=13, mei=11.5), None, "grades.csv")
    assert filled.text.splitlines()[1:] == [
        "hw1,,2024-01-01,jane,,,,13,0.0,13,14",
        "hw1,,,mei,Li,Mei,,11.5,2.0,9.5,14",
        "hw1,,,absent,,,,0,0.0,0,10.0",
        "hw2,,,jane,,,,5.0,0.0,5.0,10.0",
    ]
    assert filled.notes == ("no hand-in: absent",)
    other = fill(NBGRADER, grades(jane=3), "hw2", "grades.csv")
    assert other.text.splitlines()[4] == "hw2,,,jane,,,,3,0.0,3,14"
    with pytest.raises(UsageError, match="has no assignment lab"):
        fill(NBGRADER, grades(jane=3)._replace(name="lab"), None, "grades.csv")


def test_nbgrader_puts_no_quotes_around_a_name() -> None:
    """As nbgrader 0.9.6 exports a last name with a comma."""
    line = "hw1,,,mei,Li, Mei,,mei@x.org,0.0,0.0,0.0,10.0\n"
    filled = fill(NBGRADER + line.replace("mei,", "m2,", 1), grades(m2=3, jane=13), None, "grades.csv")
    assert filled.text.endswith(line.replace("mei,", "m2,", 1))
    assert filled.notes[0] == (
        "the line of m2 has more cells than the header (a comma without quotes?), and was left"
    )


def test_any_table_with_a_grade() -> None:
    text = "学号;姓名;成绩\r\n001;李梅;\r\n002;王五;60\r\n"
    filled = fill(text, Grades("k", {}, (sheet("001", 13),)), None, "t.csv")
    assert filled.text == "学号;姓名;成绩\r\n001;李梅;13\r\n002;王五;60\r\n"
    with pytest.raises(UsageError) as caught:
        fill("student_id,a,b\n1,,\n", grades(x=1), None, "t.csv")
    assert caught.value.help == "give --column NAME; there are student_id, a, b"
    assert (
        fill("student_id,a,b\n1,,\n", Grades("k", {}, (sheet("1", 3),)), "b", "t.csv").text
        == "student_id,a,b\n1,,3\n"
    )
    with pytest.raises(UsageError, match="no column that names students"):
        fill("a,b\n1,2\n", grades(x=1), None, "t.csv")


def test_bytes_of_other_encodings_stay() -> None:
    odd = CANVAS.encode().replace(b"Li, Mei", "李, 梅".encode("gb18030")).decode("utf-8", "surrogateescape")
    filled = fill(odd, grades(mli=12), None, "canvas.csv")
    assert filled.text.encode("utf-8", "surrogateescape") == odd.encode("utf-8", "surrogateescape").replace(
        b'A,"3",', b'A,"12",'
    )


def test_a_plain_gradebook() -> None:
    book = Gradebook(grades(b=7, a=14)).grid()
    assert [column.key for column in book.columns] == [
        "student_id", "score", "max_score", "percent", "correct", "follow_through", "wrong", "blank", "unreadable", "late",
        "c.params",
    ]  # fmt: skip
    assert book.rows == (
        ("a", 14, 14, 100, 0, 0, 1, 0, 0, "", 14),
        ("b", 7, 14, 50, 0, 0, 1, 0, 0, "", 7),
    )


@pytest.mark.parametrize("head", ["HW1", "hw1", "Assignment: HW1 (Real)", "Punkte"])
def test_a_column_that_says_itself_where_the_marks_go(head: str) -> None:
    text = f"student_id,{head},other\njane,,1\n"
    assert fill(text, grades(jane=7), None, "g.csv").text == f"student_id,{head},other\njane,7,1\n"
