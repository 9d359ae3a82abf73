using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.Kernels.Resources;

/// <summary>
/// Frames of the machine that a kernel or pager gives to pages, with how many pages share each:
/// they are its own by the machine's record, whoever maps them. What a frame holds stays there
/// when the last gives it up, until <see cref="Settle"/>: a library decides first, and its actions
/// may still read the frame.
/// </summary>
public sealed class SharedFrames(Machine machine, OwnerId owner) : IPageFrames
{
    private readonly SortedDictionary<long, int> shares = [];
    private readonly Queue<long> givenUp = [];

    /// <summary>Frames in use.</summary>
    public int Count => shares.Count;

    /// <inheritdoc/>
    public bool TryTake(out long frame)
    {
        if (!givenUp.TryDequeue(out frame) && !machine.Frames.TryAllocate(owner, out frame))
            return false;
        shares.Add(frame, 1);
        return true;
    }

    /// <inheritdoc/>
    public void Share(long frame) => shares[frame]++;

    /// <inheritdoc/>
    public void Release(long frame)
    {
        if (--shares[frame] > 0)
            return;
        shares.Remove(frame);
        givenUp.Enqueue(frame);
    }

    /// <inheritdoc/>
    public int SharesOf(long frame) => shares.GetValueOrDefault(frame);

    /// <summary>
    /// The actions are carried out: frames that nobody uses go back to the machine, wiped.
    /// </summary>
    public void Settle()
    {
        while (givenUp.TryDequeue(out var frame))
        {
            machine.Memory.ReleaseFrame(frame);
            machine.Frames.Free(owner, frame);
        }
    }
}
