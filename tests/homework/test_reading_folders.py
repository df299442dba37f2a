"""A class in the trees of every platform, unpacked and zipped, with all that lies around in real ones."""

import io
import json
import os
import zipfile

import pytest

from shapecalc.errors import UsageError
from shapecalc.homework.folders import read_answers

SHEET = "layer,output_shape,params\nCONV1,28x28x6,456\n"
NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "markdown", "source": "| layer | params |\n|-|-|\n| CONV1 | 456 |"}]}
)
TABLE = "<table><tr><th>layer<th>params<tr><td>CONV1<td>456</table>"
METADATA = """---
submission_1:
  :submitters:
  - :name: Mei Li
    :email: mei@x.y
    :sid: "17"
  - :name: Bob
    :email: bob@x.y
    :sid: ''
  :created_at: 2026-01-01 00:00:00.000000000 Z
  :score: 3.0
"""
TREES = {
    "moodle": (
        {
            "Mei Li_123456_assignsubmission_file_/answers.csv": SHEET,
            "Mei Li_123456_assignsubmission_onlinetext_/onlinetext.html": "<p>see file</p>",
            "Bob_7_assignsubmission_onlinetext_/onlinetext.html": TABLE,
            "Ann_8_assignsubmission_file_hw.csv": SHEET,
            "Eve_9_assignsubmission_file_/photo.jpg": b"\xff\xd8\xff",
        },
        {"123456": 1, "7": 1, "8": 1, "9": 0},
    ),
    "canvas": (
        {"limei_LATE_4242_99_answers-1.csv": SHEET, "limei_4242_98_answers.csv": SHEET, "bob_1_2_x.png": b"\x89PNG", "ann_5_text.html": TABLE},
        {"4242": 1, "1": 0, "5": 1},
    ),
    "gradescope": ({"assignment/submission_metadata.yml": METADATA, "assignment/submission_1/answers.csv": SHEET}, {"17": 1, "bob@x.y": 1}),
    "nbgrader": (
        {
            "course/submitted/bob/ps1/p.ipynb": NOTEBOOK,
            "course/submitted/bob/ps1/timestamp.txt": "2026",
            "course/submitted/ann/ps1/p.ipynb": NOTEBOOK,
            "course/autograded/bob/ps1/p.ipynb": NOTEBOOK,
            "course/source/ps1/p.ipynb": NOTEBOOK,
        },
        {"bob": 1, "ann": 1},
    ),
    "otter": ({"bob.ipynb": NOTEBOOK, "ann.ipynb": "{}"}, {"bob": 1, "ann": 0}),
    "folders": ({"mei/answers.csv": SHEET, "bob/hw1.md": "| layer | params |\n|-|-|\n| A | 1 |"}, {"mei": 1, "bob": 1}),
    "wrapped": ({"hw1/hw1/mei.csv": SHEET, "hw1/hw1/bob.csv": SHEET}, {"mei": 1, "bob": 1}),
    "class file": ({"class.csv": "student_id,CONV1.params\nmei,456\nbob,450\n"}, {"mei": 1, "bob": 1}),
    "litter": ({".DS_Store": b"\0", "__MACOSX/._mei.csv": b"\0", "mei.csv": SHEET, "empty.csv": "", "junk.csv": b"\0\1\2"}, {"mei": 1, "empty": 0, "junk": 0}),
}  # fmt: skip


def build(root, tree):
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(root)


def zipped(path, tree):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            archive.writestr(name, content)
    return str(path)


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
def test_trees(name, as_zip, tmp_path):
    tree, students = TREES[name]
    path = zipped(tmp_path / "all.zip", tree) if as_zip else build(tmp_path / "all", tree)
    found = list(read_answers([path]))
    assert {h.student: len(h.rows) for h in found} == students
    assert len(found) == len(students)
    assert [h.student for h in found] == sorted((h.student for h in found), key=str.casefold) or name in (
        "gradescope",
        "class file",
    )
    assert all(h.problems for h in found if not h.rows)
    assert found == list(read_answers([path]))


def test_platform_facts(tmp_path):
    moodle, canvas = (build(tmp_path / n, TREES[n][0]) for n in ("moodle", "canvas"))
    by_id = {h.student: h for h in read_answers([moodle, canvas])}
    assert by_id["123456"].facts == {
        "platform": "moodle",
        "name": "Mei Li",
        "identifier": "Participant 123456",
    }
    assert by_id["4242"].facts == {"platform": "canvas", "name": "limei", "identifier": "4242", "late": True}
    assert by_id["4242"].file.endswith("limei_LATE_4242_99_answers-1.csv")
    assert by_id["4242"].problems == (
        "limei_LATE_4242_99_answers-1.csv counts, as the latest; not read: limei_4242_98_answers.csv",
    )


def test_one_file(tmp_path):
    path = build(tmp_path, {"mei.csv": SHEET}) + "/mei.csv"
    (found,) = read_answers([path])
    assert (found.student, found.rows[0].cells["params"], found.rows[0].line) == ("mei", "456", 2)


def test_attempts(tmp_path):
    newer = SHEET.replace("456", "457")
    path = build(
        tmp_path, {"mei.csv": SHEET, "mei (2).csv": newer, "group (1).csv": SHEET, "group (2).csv": SHEET}
    )
    found = {h.student: h for h in read_answers([path])}
    assert set(found) == {"mei", "group (1)", "group (2)"}
    assert found["mei"].rows[0].cells["params"] == "457"
    assert "not read: mei.csv" in found["mei"].problems[0]


def test_broken_latest_attempt_falls_back(tmp_path):
    (found,) = read_answers([build(tmp_path, {"mei/answers-2.csv": "", "mei/answers-1.csv": SHEET})])
    assert found.file.endswith("answers-1.csv")
    assert found.problems == ("answers-2.csv: it is empty",)


def test_id_pattern(tmp_path):
    path = build(tmp_path, {"sec_a/hw1_2021001_final.csv": SHEET, "sec_a/hw1_2021002_x.csv": SHEET})
    assert [h.student for h in read_answers([path], id_pattern=r"hw1_(\d+)")] == ["2021001", "2021002"]
    assert [h.student for h in read_answers([path], id_pattern=r"(sec)_a/hw1_(?P<id>\d+)")] == [
        "2021001",
        "2021002",
    ]


@pytest.mark.parametrize("pattern", ["(a+)+b", "(", "abc", r"(a)\1", "((a|b)*)*c", "(a|aa)+b"])
def test_patterns_refused(pattern, tmp_path):
    with pytest.raises(UsageError):
        read_answers([build(tmp_path, {"a.csv": SHEET})], id_pattern=pattern)


def test_mistakes_of_the_teacher(tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        read_answers([str(tmp_path / "nowhere")])
    with pytest.raises(UsageError, match="is not known"):
        read_answers([str(tmp_path)], encoding="klingon")


def test_zip_inside_a_hand_in(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("my work/answers.csv", SHEET)
    path = build(
        tmp_path,
        {
            "Mei_5_assignsubmission_file_/hw.zip": inner.getvalue(),
            "Bob_6_assignsubmission_file_/hw.zip": b"PK nope",
        },
    )
    found = {h.student: h for h in read_answers([path])}
    assert len(found["5"].rows) == 1
    assert found["6"].rows == ()
    assert "no zip that can be opened" in found["6"].problems[0]


def test_zip_names_and_bombs(tmp_path):
    path = zipped(
        tmp_path / "all.zip",
        {"../../evil.csv": SHEET, "C:\\x\\mei.csv": SHEET, "bomb.csv": b"0" * (33 * 2**20)},
    )
    found = {h.student: h for h in read_answers([path])}
    assert "unpacks to more than" in found["bomb"].problems[0]
    assert sorted(os.listdir(tmp_path)) == ["all.zip"]
    assert all(".." not in h.file.removeprefix(str(tmp_path)) for h in found.values())


def test_zip_with_chinese_names_of_old(tmp_path):
    path = tmp_path / "all.zip"
    raw = "李梅.csv".encode("gbk")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("X" * len(raw), SHEET)
    path.write_bytes(path.read_bytes().replace(b"X" * len(raw), raw))
    assert [h.student for h in read_answers([str(path)])] == ["李梅"]


def test_same_student_twice(tmp_path):
    one, two = build(tmp_path / "a", {"mei.csv": SHEET}), build(tmp_path / "b", {"mei.csv": SHEET})
    found = list(read_answers([one, two]))
    assert found[0].problems == ()
    assert "mei also has a hand-in in" in found[1].problems[0]


def test_lazy(tmp_path):
    path = build(tmp_path, {"a.csv": SHEET, "b.csv": SHEET})
    hand_ins = read_answers([path])
    assert next(hand_ins).student == "a"
    os.remove(tmp_path / "b.csv")
    late = next(hand_ins)
    assert late.rows == ()
    assert "cannot be opened" in late.problems[0]


def nbgrader(root, *assignments):
    tree = {
        f"course/submitted/{s}/{a}/{f}": NOTEBOOK if f.endswith("ipynb") else "2026"
        for s in ("ann", "bob")
        for a in assignments
        for f in ("lenet.ipynb", "timestamp.txt")
    }
    return build(root, tree) + "/course"


def who(*paths, **how):
    return [(h.student, len(h.rows)) for h in read_answers(list(map(str, paths)), **how)]


def test_several_assignments(tmp_path):
    course = nbgrader(tmp_path, "hw1", "hw2")
    with pytest.raises(UsageError, match="of 2 assignments: hw1, hw2") as caught:
        who(course)
    assert caught.value.help == "say which: --assignment hw1"
    for path in (course, f"{course}/submitted", f"{course}/submitted/ann"):
        names = [("ann", 1)] if path.endswith("ann") else [("ann", 1), ("bob", 1)]
        assert who(path, assignment="hw2") == names
    with pytest.raises(UsageError, match="no hand-in is of the assignment hw3") as caught:
        who(course, assignment="hw3")
    assert caught.value.help == "did you mean hw2?"


GLOBS = {
    "nbgrader": ({f"submitted/{s}/hw1/lenet.ipynb": NOTEBOOK for s in ("ann", "bob")}, "submitted/*/hw1"),
    "nbgrader's files": ({f"submitted/{s}/hw1/lenet.ipynb": NOTEBOOK for s in ("ann", "bob")}, "submitted/*/hw1/*.ipynb"),
    "one folder within": ({f"class/{s}/hw1/lenet.csv": SHEET for s in ("ann", "bob")}, "class/*/hw1"),
    "one file within": ({f"class/{s}/lenet.csv": SHEET for s in ("ann", "bob")}, "class/*/lenet.csv"),
    "folders": ({f"class/{s}/answers.csv": SHEET for s in ("ann", "bob")}, "class/*"),
    "files": ({f"class/{s}.csv": SHEET for s in ("ann", "bob")}, "class/*.csv"),
    "sections": ({"class/a/ann.csv": SHEET, "class/b/bob.csv": SHEET}, "class/*"),
    "moodle": ({f"class/X Y_{s}_assignsubmission_file_/a.csv": SHEET for s in "12"}, "class/*"),
}  # fmt: skip


@pytest.mark.parametrize("name", GLOBS)
def test_what_a_shell_writes_out(name, tmp_path):
    tree, glob = GLOBS[name]
    build(tmp_path, tree)
    paths = sorted(tmp_path.glob(glob))
    assert who(*paths) == ([("1", 1), ("2", 1)] if name == "moodle" else [("ann", 1), ("bob", 1)])


def test_a_pattern_sees_all_that_varies(tmp_path):
    build(tmp_path, {f"class/sec_a/{s}_77/lenet.csv": SHEET for s in ("ann", "bob")})
    paths = sorted(tmp_path.glob("class/*/*/lenet.csv"))
    assert who(*paths, id_pattern=r"([a-z]+)_77") == [("ann", 1), ("bob", 1)]


def test_zips_of_otter(tmp_path):
    names = [f"lenet_2026_03_0{n}T22_12_01_12345{n}" for n in (1, 2)]
    for name in names:
        zipped(
            tmp_path / f"{name}.zip",
            {"lenet.ipynb": NOTEBOOK, "__zip_filename__": f"{name}.zip", ".OTTER_LOG": b"\x80"},
        )
    expected = [(name, 1) for name in names]
    assert who(tmp_path) == expected
    assert who(*sorted(tmp_path.iterdir())) == expected
    (tmp_path / f"{names[0]}.zip").rename(tmp_path / f"meili_1042_9001_{names[0]}.zip")
    assert who(tmp_path) == [("1042", 1), expected[1]]


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights here")
def test_links_do_not_lead_out(tmp_path):
    build(tmp_path, {"in/mei.csv": SHEET, "out/secret.csv": SHEET})
    for name, target in {
        "eve.csv": "../out/secret.csv",
        "far": "../out",
        "lost.csv": "x",
        "twin.csv": "mei.csv",
    }.items():
        os.symlink(target, tmp_path / "in" / name)
    found = {h.student: (len(h.rows), h.problems) for h in read_answers([str(tmp_path / "in")])}
    out = "it is a link that leads out of what was given, and was not followed"
    assert found == {
        "mei": (1, ()), "twin": (1, ()), "eve": (0, (f"eve.csv: {out}",)), "far": (0, (f"far: {out}",)),
        "lost": (0, ("lost.csv: it is a link that leads nowhere",)),
    }  # fmt: skip
    (whole,) = read_answers([str(tmp_path / "in/eve.csv")])
    assert len(whole.rows) == 1


def test_every_attempt(tmp_path):
    path = build(tmp_path, {"mei.csv": SHEET, "mei-2.csv": SHEET, "mei-3.csv": ""})
    assert who(path, every=True) == [("mei", 1), ("mei", 1)]


def test_the_assignment_that_is_called_as_the_key_is_its_own(tmp_path):
    for student, name in (("amara", "hw1"), ("amara", "hw2"), ("bo", "hw1")):
        folder = tmp_path / "submitted" / student / name
        folder.mkdir(parents=True)
        (folder / f"{name}.csv").write_text(f"layer,params\n{name},1\n", "utf-8")
    found = list(read_answers([str(tmp_path / "submitted")], called=("hw1",)))
    assert [(h.student, h.rows[0].name) for h in found] == [("amara", "hw1"), ("bo", "hw1")]
