"""What the law asks a public body to say on its pages: accessibility, personal data, and a word to robots."""
