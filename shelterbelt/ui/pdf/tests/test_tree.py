"""Clean HTML becomes a tree that can be set, and loses no word on the way."""

from hypothesis import given, settings, strategies as st

from shelterbelt.ui.pdf.tree import Reading, fitted, tree


def kinds(source):
    """The kinds of a source's blocks."""
    return [each["is"] for each in tree(source)]


def words(node):
    """All text in a tree."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return " ".join(words(each) for each in node)
    return words([*node.get("in", []), *[cell["in"] for cell in node.get("cells", [])]])


def test_paragraphs_lists_and_marks_keep_their_meaning():
    assert tree("<p>Lock <strong>the door</strong>.</p>") == [
        {"is": "paragraph", "in": ["Lock ", {"is": "strong", "in": ["the door"]}, "."]}
    ]
    assert kinds("<h2>A</h2><ul><li>b</li></ul><ol start='3'><li>c</li></ol>loose<hr>") == [
        "heading", "bullets", "numbers", "paragraph", "rule",
    ]  # fmt: skip


def test_text_between_blocks_stays_in_its_place():
    assert words(tree("one<p>two</p>three<div>four</div>five")).split() == ["one", "two", "three", "four", "five"]


def test_headings_never_skip_a_level():
    levels = [each["level"] for each in fitted(tree("<h4>a</h4><h6>b</h6><h2>c</h2><h5>d</h5>"), under=1)]
    assert levels == [2, 3, 2, 3]


def test_a_heading_in_a_list_is_a_strong_line():
    assert tree("<ul><li><h2>Now</h2></li></ul>")[0]["in"] == [
        [{"is": "paragraph", "in": [{"is": "strong", "in": ["Now"]}]}]
    ]


def test_only_links_that_lead_somewhere_safe_are_links():
    assert tree('<p><a href="javascript:alert(1)">x</a></p>') == [{"is": "paragraph", "in": ["x"]}]
    assert tree('<p><a href="https://a.example/">x</a></p>')[0]["in"][0]["to"] == "https://a.example/"


def test_a_picture_that_is_not_there_leaves_its_words():
    reading = Reading({"/pictures/1/": "1.png"}, undescribed="Picture")
    there, gone = tree('<img src="/pictures/1/" alt="Floor 1"><img src="/etc/passwd">', reading)
    assert there == {"is": "picture", "file": "1.png", "alt": "Floor 1"}
    assert words(gone) == "[Picture]"


def test_spans_of_a_mistaken_table_end_where_the_table_does():
    (made,) = tree("<table><tr><th>a<th>b</tr><tr><td rowspan=900 colspan=2>c</tr><tr><td>d</table>")
    assert (made["heads"], made["columns"]) == (1, 3)
    assert {(cell["x"], cell["y"], cell["across"], cell["down"]) for cell in made["cells"]} == {
        (0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 2, 2), (2, 2, 1, 1),
    }  # fmt: skip


def test_deep_nesting_is_flattened_and_keeps_its_words():
    deep = "<ul><li>x" * 60 + "deepest" + "</li></ul>" * 60
    assert "deepest" in words(tree(deep))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>/abtdhrulioe13 ='\"\x00\u0007p"), max_size=120))
def test_nothing_that_somebody_writes_takes_the_tree_down(source):
    fitted(tree(source), under=1)
