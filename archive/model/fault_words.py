"""What a parser says over bytes that it cannot read, in words for whoever gave it the bytes.

Names of exceptions, advice to programmers and offsets from zero stay where they came from. The exceptions are known by
their names, so that nobody who asks imports parsers that are not in use.
"""

from __future__ import annotations

from json import JSONDecodeError

_BY_NAME = {
    "zipfile.BadZipFile": "it is no zip, or a damaged one",
    "zlib.error": "its compressed bytes are damaged",
    "_lzma.LZMAError": "its compressed bytes are damaged",
    "builtins.EOFError": "it is cut short",
    "builtins.NotImplementedError": "it is compressed in a way that cannot be read here",
    "builtins.RecursionError": "values are nested too deeply",
    "builtins.MemoryError": "out of memory",
}
_OTHERWISE = "its reader came upon something that it does not expect"
_OF_XML = {
    4: "it is empty, or does not begin as XML does",
    5: "it is cut short",
    9: "a character that XML does not allow",
    26: "an entity that nothing defines",
    31: "bytes that are not in the encoding that it states",
    32: "an encoding that is not known",
    73: "a tag that does not end",
    76: "an end tag that does not fit the element that is open",
    77: "an element that does not end",
}
"""By the numbers of libxml2 (xmlParserErrors)."""
_BEYOND_BOUNDS = 114
_OF_EXPAT = {
    2: _OF_XML[4],
    3: "it is empty, or an element does not end",
    5: _OF_XML[73],
    7: _OF_XML[76],
    11: _OF_XML[26],
    43: "entities that grow beyond measure",
}
"""By the numbers of expat (XML_Error)."""
_BROKEN = "its markup is broken"
_LONGEST_NUMBER = 80


def fault_words(error: BaseException) -> str:
    r"""What is wrong, with the place where it is known; counts from 1.

    >>> import json
    >>> try:
    ...     json.loads('{"a": 1\n "b": 2}')
    ... except ValueError as error:
    ...     fault_words(error)
    'no JSON from line 2, character 2 on'
    >>> fault_words(KeyError("x"))
    'its reader came upon something that it does not expect'
    """
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, JSONDecodeError):
        return f"no JSON from line {error.lineno}, character {error.colno} on"
    if isinstance(error, UnicodeDecodeError):
        return f"no {error.encoding.upper()} from byte {error.start + 1} on"
    if name == "lxml.etree.XMLSyntaxError":
        line, column = getattr(error, "position", (0, 0))
        return _placed(_of_libxml(error), line, column)
    if name == "xml.parsers.expat.ExpatError":
        line, column = getattr(error, "lineno", 0), getattr(error, "offset", 0) + 1
        return _placed(_OF_EXPAT.get(getattr(error, "code", 0), _BROKEN), line, column)
    return _BY_NAME.get(name, _OTHERWISE)


def json_words(error: JSONDecodeError) -> str:
    """What the standard library says is wrong with JSON, without the place, which whoever asks counts as fits."""
    return error.msg.lower().removesuffix(" at")


def shape_words(error: BaseException) -> str:
    """In which way a value has not the shape that its reader needs.

    >>> shape_words(KeyError("kind")), shape_words(TypeError("int is not iterable"))
    ("'kind' is missing", 'a value is of another kind')
    """
    if isinstance(error, KeyError) and error.args:
        return f"{error.args[0]!r} is missing"
    return "a value is of another kind"


def value_words(value: object) -> str:
    """What a value of JSON is, for whoever wrote it where another kind of value belongs; a text is not repeated.

    >>> [value_words(one) for one in (True, 1.5, ["a"], {}, None)]
    ['true', 'the number 1.5', 'a list', 'an object', 'null']
    """
    match value:
        case str():
            return "a text"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"[:_LONGEST_NUMBER]
        case list():
            return "a list"
        case dict():
            return "an object"
        case _:
            return "null"


def _of_libxml(error: BaseException) -> str:
    code = getattr(error, "code", 0)
    if code != _BEYOND_BOUNDS:
        return _OF_XML.get(code, _BROKEN)
    return "elements nested too deeply" if "depth" in str(error) else _OF_EXPAT[43]


def _placed(what: str, line: int, column: int) -> str:
    return f"{what} (line {line}, column {column})" if line else what
