"""An adapter and its base model become one model that needs neither PEFT nor Tunebook."""
