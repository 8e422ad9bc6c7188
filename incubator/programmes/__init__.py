"""Bundle, programmes, editions: what is offered, by whom, on what terms, when."""
