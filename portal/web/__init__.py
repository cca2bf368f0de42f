"""The Flask toolkit all features share: guards, forms, pages, errors, steps, assets. Knows no feature."""
