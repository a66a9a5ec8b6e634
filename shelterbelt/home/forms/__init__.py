"""What a reader may choose on the overviews."""
