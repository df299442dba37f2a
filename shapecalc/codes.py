"""What each diagnostic code means: a title, why it is refused, and what to do; the errors page is made from this table.

Pitfall: a code is a promise. A new finding gets a new number, and a number that is no longer used stays unused.
"""

from __future__ import annotations

from .record import Record
from .text import N_


class Code(Record):
    """One kind of finding; the sentences are marked for translation and printed through `_`."""

    title: str
    why: str
    cure: str


CODES: dict[str, Code] = {
    "SC001": Code(
        N_("the spec cannot be found or opened"),
        N_(
            "There is no such file and no built-in network of that name, or the file may not be read or is not UTF-8."
        ),
        N_("Check the path. The built-in networks are listed by `shapecalc list`."),
    ),
    "SC101": Code(
        N_("not YAML"),
        N_("The text breaks the grammar of YAML, so nothing after this place can be trusted."),
        N_(
            "Mend the line that is shown. The usual reasons are a tab, a missing bracket, `${…}` inside braces, or a bare `?`."
        ),
    ),
    "SC102": Code(
        N_("more than one document"),
        N_("A file is one spec; a line `---` begins a second document."),
        N_("Put each network in a file of its own; the commands take several files."),
    ),
    "SC103": Code(
        N_("anchor, alias, tag or merge key"),
        N_(
            "These parts of YAML copy or construct things behind the reader's back, and a few lines of them can grow without bound."
        ),
        N_("Repeat with `repeat:`, reuse with a block and its parameters, and write plain values."),
    ),
    "SC104": Code(
        N_("a key given twice"),
        N_(
            "YAML would let the last one win in silence, and so would a short form beside its long one (`f` and `kernel`)."
        ),
        N_("Keep one of the two."),
    ),
    "SC105": Code(
        N_("a key that is no word"),
        N_("A list or a mapping stands where a name belongs."),
        N_("Write a word before the colon; put an expression in quotes."),
    ),
    "SC106": Code(
        N_("an expression cut by a comma"),
        N_("Inside `{ }` a comma ends the value, so `{out: max(a, b)}` falls apart into `max(a` and `b)`."),
        N_("Quote the whole expression: `{out: 'max(a, b)'}`."),
    ),
    "SC107": Code(
        N_("a colon that is none"),
        N_(
            "YAML wants a space after a colon, and does not know the full-width `：`; otherwise the line is just text."
        ),
        N_("Write `: `, a colon and a space."),
    ),
    "SC108": Code(
        N_("the file is too large or too deep"),
        N_(
            "A spec has at most 32 MiB and 64 levels inside each other, so that a hostile file cannot exhaust the machine."
        ),
        N_("Use blocks and `repeat:`. In Python, `load` takes other limits."),
    ),
    "SC109": Code(
        N_("an empty file"),
        N_("There is no document in the file."),
        N_("Begin with `input:` and `layers:`, or with `shapecalc new`."),
    ),
    "SC201": Code(
        N_("an unknown layer or block"),
        N_(
            "A lower-case word is a layer of the program and a capital one a block of this file; this is neither."
        ),
        N_("Take the word that is offered; `shapecalc layers` lists all."),
    ),
    "SC202": Code(
        N_("an unknown option"),
        N_("The layer or block has no option of this name, or takes none at all."),
        N_("Take the name that is offered; `shapecalc layers NAME` shows a layer's options."),
    ),
    "SC203": Code(
        N_("a missing option"),
        N_("The option has no default, because every default would be a guess."),
        N_("Give it a value."),
    ),
    "SC204": Code(
        N_("a value of the wrong kind"),
        N_(
            "The option wants another kind of value: a size, a whole number from some number on, `true` or `false`, a word of a list."
        ),
        N_("Write what the message asks for. `no` is text, `010` is no number, and numbers go up to 10^18."),
    ),
    "SC205": Code(
        N_("an entry that cannot be read"),
        N_(
            "An entry is a word, or one word with its options; two words in one entry are usually a missing dash."
        ),
        N_("Write each layer as an entry of its own: `- conv: {filters: 6, kernel: 5}`."),
    ),
    "SC206": Code(
        N_("a key that has no place here"),
        N_("The key is not known at this place of the file, or cannot stand beside `base:`."),
        N_("Take the name that is offered. Free notes go under `meta:`."),
    ),
    "SC207": Code(
        N_("something needed is missing"),
        N_(
            "A spec needs `input:` and `layers:`, or `base:`; a block needs `layers:`; a published figure its quantity, value and source."
        ),
        N_("Add what the message names."),
    ),
    "SC208": Code(
        N_("not a name"),
        N_(
            "A name is letters, digits, `_` and `-`, without dots and spaces; a block's begins with A–Z; `prev` is taken."
        ),
        N_("Choose another name."),
    ),
    "SC209": Code(
        N_("a name used twice"),
        N_("Two things in one place have the same name, so a reference to it would be a guess."),
        N_("Rename one of them, or leave the name out: unnamed entries count themselves."),
    ),
    "SC210": Code(
        N_("a merge of one"),
        N_("`add`, `mul` and `concat` join two or more branches or names."),
        N_("Give every branch a name and its entries; `identity` passes the input through."),
    ),
    "SC211": Code(
        N_("a base that cannot be used"),
        N_(
            "`base:` names a built-in network or a path relative to the file; chains go up to 8 and never in a circle."
        ),
        N_("Mend the name or the chain."),
    ),
    "SC212": Code(
        N_("a parameter that is not there, not allowed or without a value"),
        N_(
            "A value was set for a parameter that is not declared, a required one was not given, or its name belongs to the language."
        ),
        N_("Declare it under `params:`, or bind it with `--set NAME=VALUE`."),
    ),
    "SC213": Code(
        N_("too many layers"),
        N_(
            "Written out, the network has more than 200,000 layers, or its blocks use each other without end."
        ),
        N_("Lower a `repeat:`, or stop the block from using itself."),
    ),
    "SC217": Code(
        N_("an unknown value"),
        N_(
            "`unknown` is a blank: `shapecalc solve` fills it from the expectations, and all other commands need a number."
        ),
        N_("Put a number in its place, or have it worked out by `shapecalc solve`."),
    ),
    "SC218": Code(
        N_("a size without a number"),
        N_("A capital letter in `input:` is a symbolic size, and this command needs numbers."),
        N_("Bind it with `--set H=224`, or give the whole `--input`."),
    ),
    "SC219": Code(
        N_("a choice that depends on a letter"),
        N_("An `if`, a comparison or a `repeat` asks for more than is known of a symbolic size."),
        N_(
            "Give the letter a number with `--set` or `--input`, or write the spec so that it need not be asked."
        ),
    ),
    "SC301": Code(
        N_("not an expression"),
        N_("The text cannot be read as an expression, or is longer than 200 characters."),
        N_(
            "Write names, whole numbers, `+ - * // %`, comparisons, `a if c else b` and the functions of the language."
        ),
    ),
    "SC302": Code(
        N_("not part of the expression language"),
        N_(
            "The expression uses something that is left out on purpose: `/`, `**`, other functions or attributes. Nothing is ever executed."
        ),
        N_("Write `//` or `ceil_div(a, b)` for a division, and a product for a power."),
    ),
    "SC303": Code(
        N_("an unknown name in an expression"),
        N_(
            "No parameter of this block or of the file has this name. A block does not see the parameters of the one that uses it."
        ),
        N_("Take the name that is offered, or hand the value in as a parameter."),
    ),
    "SC304": Code(
        N_("an expression that cannot be worked out"),
        N_(
            "It divides by zero, leaves a fraction where a whole number is needed, mixes kinds, or passes 10^18."
        ),
        N_("Round with `int`, `ceil` or `round_to(x, m)`; compare numbers with numbers."),
    ),
    "SC305": Code(
        N_("an unknown input or layer in a reference"),
        N_(
            "`from:` and merges name an input or an earlier entry, looked for in the same place first and then outwards; a dotted override names a layer of the table."
        ),
        N_("Take the name that is offered. A layer inside a block has a dotted path: `stage2.conv1`."),
    ),
    "SC401": Code(
        N_("shapes that do not join"),
        N_(
            "`add` and `mul` need equal shapes (or one number a channel); `concat` needs equal sizes on every axis but the joined one."
        ),
        N_("Change the strides or padding, or project a branch with a 1×1 convolution."),
    ),
    "SC402": Code(
        N_("a window larger than its input"),
        N_("The window with its dilation is larger than the padded input, so not even one position exists."),
        N_("Take a smaller window, add padding, or start from a larger input."),
    ),
    "SC403": Code(
        N_("no symmetric padding keeps the size"),
        N_(
            "`padding: keep` at stride 1 needs (F − 1)/2 zeros on each side, and an even window leaves half a zero."
        ),
        N_("Take an odd window, or `same`, which puts the odd zero at the end."),
    ),
    "SC404": Code(
        N_("channels that do not split into groups"),
        N_("Every group gets the same number of channels, in and out."),
        N_("Choose a number of groups that divides both."),
    ),
    "SC405": Code(
        N_("a connection table that does not fit"),
        N_("A table of connections has one row a filter, each naming input maps once, counted from 0."),
        N_("Mend the rows; a filter that sees everything lists every map."),
    ),
    "SC406": Code(
        N_("more padding than half a pooling window"),
        N_(
            "A window could then lie in the padding altogether, and its maximum would be of nothing; PyTorch refuses the same."
        ),
        N_("Use padding of at most half the window."),
    ),
    "SC407": Code(
        N_("the wrong number of axes"),
        N_("The layer does not work on an input of this rank, or the axis that is named does not exist."),
        N_("Check the input's shape: `28x28` is length × channels, a picture is `28x28x1`."),
    ),
    "SC408": Code(
        N_("too many or too few numbers for the axes"),
        N_("A size has one number for all axes, or one for each."),
        N_("Write `3`, or as many numbers as there are axes: `1x7`."),
    ),
    "SC410": Code(
        N_("a new shape of another size"),
        N_("Reshaping moves no data, so the new shape must hold exactly as many values."),
        N_("Let the products agree."),
    ),
    "SC411": Code(
        N_("cropped to nothing"),
        N_("The two cuts together leave no row or column."),
        N_("Cut less."),
    ),
    "SC412": Code(
        N_("not an order of the axes"),
        N_("A permutation names every axis of the input exactly once."),
        N_("List each axis once."),
    ),
    "SC413": Code(
        N_("not a rate"),
        N_("The share of dropped values is from 0 up to, but not including, 1."),
        N_("Write a fraction: `0.5` drops half."),
    ),
    "SC414": Code(
        N_("a transposed convolution cut to nothing"),
        N_("Its padding is cut off the output, and here nothing is left of it."),
        N_("Cut less, or use a larger window or stride."),
    ),
    "SC415": Code(
        N_("too much output padding"),
        N_(
            "Output padding chooses between the sizes that one stride can come from, so it is less than the stride (or dilation)."
        ),
        N_("Use a smaller number; 1 is usual with a stride of 2."),
    ),
    "SC416": Code(
        N_("a padding word that says nothing here"),
        N_(
            "For a transposed convolution only `valid` and `same` say what is cut off, and `same` fixes the output padding."
        ),
        N_("Write `same` without output padding, or a number."),
    ),
    "SC417": Code(
        N_("channels that do not make blocks of pixels"),
        N_("Pixels are made of r² channels each, so the number of channels must be a multiple of r²."),
        N_("Give the convolution before it a multiple of r² filters."),
    ),
    "SC418": Code(
        N_("pixels that do not split into blocks"),
        N_("Height and width are cut into blocks of r×r pixels, and something would be left over."),
        N_("Pad to a multiple of r first, or crop."),
    ),
    "SC419": Code(
        N_("queries, keys and values that do not go together"),
        N_(
            "Attention joins two inputs: a key is as long as a query head by head, and there is one value for every share."
        ),
        N_("Give keys the queries' width, or say how many heads they have: `kv_heads`."),
    ),
    "SC420": Code(
        N_("a part that is not there"),
        N_(
            "A slice lies within its axis, and parts count from 1 to their number; nothing is clipped in silence."
        ),
        N_("Check `start` and `stop` (from 0, stop left out), or `part` (from 1)."),
    ),
    "SC421": Code(
        N_("too many biases"),
        N_(
            "A sum in a recurrent layer has one bias, or two where input and state bring one each, as in PyTorch."
        ),
        N_("Write `biases: 1` or `biases: 2`; `bias: false` has none."),
    ),
    "SC422": Code(
        N_("a gate without units"),
        N_("The narrow layer of squeeze and excitation has C // reduction units, and here that is 0."),
        N_("Take a smaller `reduction`."),
    ),
    "SC423": Code(
        N_("a number beyond all bounds"),
        N_(
            "Layers that enlarge, or strides one behind the other, multiply: a size has at most 36 zeros, a receptive field 1,000."
        ),
        N_("Lower a stride or a factor, or a repeat."),
    ),
    "SC501": Code(
        N_("the shape is not the expected one"),
        N_("`expect:` states a shape, and the computed one differs."),
        N_("Find the layer where they part with `shapecalc table`; mend the layer or the expectation."),
    ),
    "SC502": Code(
        N_("a cost is not the expected one"),
        N_("`expect:` states a number or a budget, and the computed total does not meet it."),
        N_("Mend the network, or the expectation."),
    ),
    "SC503": Code(
        N_("a published figure does not come out"),
        N_(
            "The computed value lies more than half a unit of the last written digit away from what the source prints."
        ),
        N_(
            "Check the network and the counting convention; if the source is wrong, say so with `wrong: reason`."
        ),
    ),
    "SC504": Code(
        N_("a figure called wrong comes out"),
        N_("The figure carries `wrong:`, yet the computed value agrees with it."),
        N_("Take `wrong:` away."),
    ),
    "SC505": Code(
        N_("sizes that do not divide exactly"),
        N_("An answer key says `rounding: exact`, and here a window does not fit a whole number of times."),
        N_("Change the network, or take `rounding: floor`."),
    ),
    "W201": Code(
        N_("an entry that nothing uses"),
        N_(
            "No later layer reads this output and it is no output of the network, so it is usually a slip in a `from:`."
        ),
        N_("Name it under `outputs:`, or take it out."),
    ),
    "W401": Code(
        N_("uneven same padding"),
        N_(
            "A `same` convolution with an even window needs one zero more on one side; frameworks put it on different sides."
        ),
        N_("Take an odd window, or write the sides out: `padding: [[1, 2], [1, 2]]`."),
    ),
    "W402": Code(
        N_("read as length × channels"),
        N_("The input has two axes, so the layer works along one dimension; a grey picture has three."),
        N_("Write `28x28x1` for a picture."),
    ),
}
"""Every code that the program can say, in order."""
