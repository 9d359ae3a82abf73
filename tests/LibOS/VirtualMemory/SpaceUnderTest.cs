using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory;
using Xunit;

namespace Disguise.LibOS.Tests.VirtualMemory;

/// <summary>A space of the library, its hardware and what the model says of it.</summary>
internal sealed record SpaceUnderTest(
    IVirtualMemory Library, SimulatedHardware Hardware, ModelledSpace Model)
{
    public void Access(long page, byte? written)
    {
        var expected = Model.Access(page, written);
        var verdict = FaultVerdict.Resolved;
        byte value = 0;
        for (var attempt = 0; verdict == FaultVerdict.Resolved; attempt++)
        {
            if (Hardware.TryAccess(page, written, out value))
                break;
            Assert.True(attempt < 2, $"page {page} faults again and again");
            verdict = Library.Fault(page, written is not null);
            Hardware.CarryOut(Library.Actions);
        }

        Assert.Equal(
            expected is null
                ? Library.HasHandler ? FaultVerdict.Delivered : FaultVerdict.Refused
                : FaultVerdict.Resolved,
            verdict);
        if (expected is { } wanted)
            Assert.Equal(wanted, value);
    }

    public void Expect(bool isDone, MemoryRefusal refusal)
    {
        Assert.Equal(isDone, refusal == MemoryRefusal.None);
        Hardware.CarryOut(Library.Actions);
    }

    /// <summary>Hardware translates to the library's frames only, each in somebody's use.
    /// </summary>
    public void CheckTranslations(FramePool frames)
    {
        foreach (var (page, translation) in Hardware.Translations)
        {
            Assert.Equal(Library.FrameOf(page), translation.Frame);
            var shares = frames.SharesOf(translation.Frame);
            Assert.True(shares > 0);
        }

        Assert.True(Library.ResidentCount <= Library.FrameLimit);
    }
}
