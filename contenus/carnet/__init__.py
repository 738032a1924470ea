"""The participant's booklet: one content, two renderings (web page, PDF)."""
