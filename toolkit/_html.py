"""HTML from untrusted text: one way to escape it, and the Jinja2 environment of all templates."""

import functools
import re

import jinja2
from markupsafe import Markup, escape

NO_MATHS = "mathjax_ignore tex2jax_ignore"
"""The classes that MathJax 3 and 2 skip: in somebody's words a `$` is a dollar."""

# Controls, direction marks, zero-width characters, half surrogates; joiners inside an emoji are part of the emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
    "|(?<![\u203c-\U0001faff\ufe0f])\u200d"
)


def escaped(text: object) -> Markup:
    r"""Make HTML that shows exactly the text: no markup, no mathematics, unseen characters by number.

    Examples
    --------
    >>> escaped("<b>5$\u202e")
    Markup('&lt;b&gt;5<span>$</span><span class="btl-unseen">U+202E</span>')
    """
    shown = str(escape(str(text))).replace("$", "<span>$</span>")
    return Markup(_UNSEEN.sub(lambda found: f'<span class="btl-unseen">{_number(found[0])}</span>', shown))


def _number(character: str) -> str:
    return f"U+{ord(character):04X}"


def macro(package: str, template: str, name: str, *values: object, **named: object) -> Markup:
    """Render a macro of one of a package's templates, which escape all text."""
    return Markup(getattr(templates(package).get_template(template).module, name)(*values, **named))


@functools.cache
def templates(package: str) -> jinja2.Environment:
    """Load the templates of a package: every expression is escaped, and unseen characters are shown by number."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else _UNSEEN.sub(lambda f: _number(f[0]), str(value)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["no_maths"] = NO_MATHS
    made.filters["escaped"] = escaped  # also stops MathJax, which some pages load
    return made
