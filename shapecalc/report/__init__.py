"""What a command answers, as frozen data: nothing here computes a layer and nothing here prints."""
