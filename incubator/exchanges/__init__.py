"""Knowledge exchange: sessions that people come to, and the topics that they ask for."""
