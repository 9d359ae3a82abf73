using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// A backing store in memory, with a stated latency: what stands in for a disk. A page costs its
/// bytes while it is kept.
/// </summary>
public sealed class MemoryBackingStore(int slots, long latencyPs) : IBackingStore
{
    private readonly SharePool pool = new(slots);
    private readonly List<byte[]?> pages = [];

    /// <inheritdoc/>
    public long LatencyPs => latencyPs;

    /// <summary>Slots in use.</summary>
    public int UsedCount => pool.UsedCount;

    /// <inheritdoc/>
    public bool TryTake(out long slot)
    {
        var isTaken = pool.TryTake(out var number);
        if (isTaken && number == pages.Count)
            pages.Add(null);
        slot = isTaken ? number : PageEntry.NoSlot;
        return isTaken;
    }

    /// <inheritdoc/>
    public void Share(long slot) => pool.Share((int)slot);

    /// <inheritdoc/>
    public void Release(long slot)
    {
        if (pool.Release((int)slot))
            pages[(int)slot] = null;
    }

    /// <inheritdoc/>
    public int SharesOf(long slot) => pool.SharesOf((int)slot);

    /// <inheritdoc/>
    public void Write(long slot, ReadOnlySpan<byte> page)
    {
        if (page.Length != Frame.SizeBytes || SharesOf(slot) == 0)
            throw new InvalidOperationException($"{page.Length} bytes for slot {slot}");
        page.CopyTo(pages[(int)slot] ??= new byte[Frame.SizeBytes]);
    }

    /// <inheritdoc/>
    public void Read(long slot, Span<byte> page)
    {
        var kept = SharesOf(slot) == 0 ? null : pages[(int)slot];
        if (kept is null)
            throw new InvalidOperationException($"slot {slot} holds no page");
        kept.CopyTo(page);
    }
}
