//! What is generated from a collection: résumé, LinkedIn text, JSON Resume, packet, cards, calendar.
