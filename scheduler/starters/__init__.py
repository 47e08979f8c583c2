"""What ``schedule init`` writes."""
