"""Files of the theme under names that tell their content, so that browsers keep them for good and never an old one."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Fingerprinted(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it comes without types
    """The build writes `css/shelterbelt.0f3c….css` and the list of such names; what isn't listed keeps its own."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The listed name; before anything was built, and in the middle of it, the plain one."""
        listed: str | None = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return listed or name
