"""From blocks to passages: the projection, and the steps that label."""
