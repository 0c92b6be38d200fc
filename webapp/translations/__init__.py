"""Words in English: the catalogue of every Chinese sentence. Chinese itself is the msgid."""
