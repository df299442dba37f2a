"""Frozen records, a named field each, that cost next to nothing to define.

Pitfall: `typing.NamedTuple` and `dataclasses` run the compiler once for every class; for the forty records of this
package that is a fifth of the time of a plain table. These are tuples too, made without it.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**options):  # noqa: D103
        return lambda cls: cls


class _RecordType(type):
    """Turns a class's annotations into the fields of a tuple, in order."""

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _RecordType:
        own = (
            n for n, kind in body.get("__annotations__", {}).items() if not str(kind).startswith("ClassVar")
        )
        base = bases[0] if bases and isinstance(bases[0], _RecordType) else None
        above = base._fields if base else ()
        fields = tuple(dict.fromkeys((*above, *own)))
        body["_defaults"] = {**(base._defaults if base else {}), **{n: body[n] for n in fields if n in body}}
        body |= {n: property(itemgetter(i)) for i, n in enumerate(fields)}
        body["_fields"], body["__match_args__"], body["__slots__"] = fields, fields, ()
        return super().__new__(mcs, name, bases, body)


@dataclass_transform(frozen_default=True)
class Record(tuple, metaclass=_RecordType):  # type: ignore[type-arg]  # noqa: SLOT001
    """The base of all records: fields are the annotations of the class, defaults their values."""

    _fields: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        fields = cls._fields
        if named or len(values) != len(fields):
            rest = fields[len(values) :]
            try:
                values += tuple(named.pop(n) if n in named else cls._defaults[n] for n in rest)
            except KeyError as missing:
                raise TypeError(f"{cls.__name__} needs {missing}") from None
            if named or len(values) != len(fields):
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}")
        return tuple.__new__(cls, values)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self))})"

    def _replace(self, **changes: Any) -> Self:
        """The same record with some fields changed."""
        return type(self)(**{**self._asdict(), **changes})

    def _asdict(self) -> dict[str, Any]:
        """Fields by name."""
        return dict(zip(self._fields, self))
