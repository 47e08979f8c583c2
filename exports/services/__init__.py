"""What a secretariat orders and answers for: interpreters, rooms, people, days and deadlines."""
