"""SQL's own LIKE as a lookup: Django's `contains` can't use our index on upper case."""

from typing import Any

from django.db.models import CharField, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class Like(Lookup):
    """`column like pattern`, with PostgreSQL's own wildcards."""

    lookup_name = "like"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Both sides as they are."""
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} like {right}", (*left_values, *right_values)
