"""Reading records that other people wrote: lines in, a report out.

An engine: it knows files, foreign text, batches and refusals. What a record means – which listing, which
organisation – is known only to the feature that offers an `Importer`.
"""
