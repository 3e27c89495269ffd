"""How much memory the process takes on the device it computes on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class PeakMemory:
    """Bytes. On a GPU what torch allocated at most; on a CPU the resident size, looked at after each step."""

    def __init__(self, device: "torch.device") -> None:
        import psutil

        self._device = device
        self._process = psutil.Process()
        self._window = 0
        self.peak = 0
        if device.type == "cuda":
            import torch

            torch.cuda.reset_peak_memory_stats(device)

    def sample(self) -> None:
        self._window = max(self._window, self._now())
        self.peak = max(self.peak, self._window)

    def take(self) -> int:
        """The peak since the last call."""
        self.sample()
        window, self._window = self._window, 0
        if self._device.type == "cuda":
            import torch

            torch.cuda.reset_peak_memory_stats(self._device)
        return window

    def _now(self) -> int:
        import torch

        if self._device.type == "cuda":
            return torch.cuda.max_memory_allocated(self._device)
        if self._device.type == "mps":
            return torch.mps.driver_allocated_memory()
        return self._process.memory_info().rss


def release() -> None:
    """Gives back what discarded steps held."""
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
