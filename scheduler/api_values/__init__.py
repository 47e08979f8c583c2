"""What the functions of `scheduler.api` take and return: scenarios, answers and their pictures in a notebook."""
