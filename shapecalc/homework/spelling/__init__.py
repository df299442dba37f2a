"""How people spell a shape, a number, a padding or a yes is read in one way, and nothing that is typed is ever run.

    text ─ normal ─▶ plain signs ─ pieces ─▶ the piece that answers ─ tokens ─▶ numbers, signs, words
         ─ a grammar's table: word or sign ─▶ effect ─▶ runs of numbers and signs ─ axes, arithmetic ─▶ a value

`tokens` is the only tokenizer, and `literal` the only reader of a number with what hangs on it (1'376'256, 62.4M, 6万2千).
A grammar is a table: `sieve` lets the tokens fall through it, and each word has the effect that its class has there:
nothing, a cut, a unit, a sign, a refusal. `number` and `axes` are such tables, `several` is one that writes letters and
knows a few patterns of them. What is left is numbers and signs, which `arithmetic` hands to the house's expressions.
A new word is a word in `words`; a new kind of answer is a new table.

Pitfall: a reader either knows what was meant or refuses in words; a second meaning that the same text has is handed on
as `also`, and a set of answers as `choices`, for the key to decide.
"""
