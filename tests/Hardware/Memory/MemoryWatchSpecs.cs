using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class MemoryWatchSpecs
{
    private readonly PhysicalMemory memory = new(16 * Frame.SizeBytes);
    private readonly List<string> seen = [];

    [Fact]
    public void A_write_to_a_watched_line_is_told_and_others_are_not()
    {
        memory.Watch(256, new Watcher("a", seen));

        memory.WriteUInt64(376, 1);
        memory.WriteUInt64(384, 1);
        memory.WriteUInt64(248, 1);
        memory.Write(300, [1, 2, 3]);

        Assert.Equal(["a 376+8", "a 300+3"], seen);
        Assert.Equal(3 * PhysicalMemory.LineSizeBytes, memory.TouchedBytes);
    }

    [Fact]
    public void A_write_over_lines_is_told_once_per_watched_line_after_all_bytes_landed()
    {
        ulong last = 0;
        memory.Watch(128, new Watcher("a", seen, () => last = memory.ReadUInt64(512 - 8)));
        memory.Watch(384, new Watcher("b", seen));
        var bytes = new byte[512 - 100];
        bytes.AsSpan().Fill(0xFF);

        memory.Write(100, bytes);

        Assert.Equal(["a 128+128", "b 384+128"], seen);
        Assert.Equal(ulong.MaxValue, last);
    }

    [Fact]
    public void Watchers_of_a_line_are_told_in_the_order_in_which_they_registered()
    {
        var second = new Watcher("b", seen);
        memory.Watch(0, new Watcher("a", seen));
        memory.Watch(8, second);
        memory.Watch(16, new Watcher("c", seen));

        memory.WriteUInt16(0, 1);
        Assert.True(memory.Unwatch(0, second));
        Assert.False(memory.Unwatch(0, second));
        memory.WriteUInt16(2, 1);

        Assert.Equal(["a 0+2", "b 0+2", "c 0+2", "a 2+2", "c 2+2"], seen);
    }

    [Fact]
    public void A_watcher_may_end_its_own_watch_while_it_is_told()
    {
        Watcher? once = null;
        once = new Watcher("once", seen, () => memory.Unwatch(0, once!));
        memory.Watch(0, once);
        memory.Watch(0, new Watcher("always", seen));

        memory.WriteUInt32(0, 1);
        memory.WriteUInt32(4, 1);

        Assert.Equal(["once 0+4", "always 0+4", "always 4+4"], seen);
    }

    [Fact]
    public void A_released_frame_has_no_watchers()
    {
        var watcher = new Watcher("a", seen);
        memory.Watch(Frame.AddressOf(2), watcher);

        memory.ReleaseFrame(2);
        memory.WriteUInt64(Frame.AddressOf(2), 1);

        Assert.Empty(seen);
        Assert.False(memory.Unwatch(Frame.AddressOf(2), watcher));
    }

    [Fact]
    public void A_copy_tells_watchers_of_its_destination_only()
    {
        memory.Write(0, [1, 2, 3]);
        memory.Watch(0, new Watcher("source", seen));
        memory.Watch(4096, new Watcher("destination", seen));

        memory.Copy(0, 4096, 3);

        Assert.Equal(["destination 4096+3"], seen);
    }

    [Fact]
    public void A_line_has_sixteen_watchers_at_most()
    {
        for (var count = 0; count < PhysicalMemory.MaximumWatchersPerLine; count++)
        {
            memory.Watch(0, new Watcher("w", seen));
        }

        Assert.Throws<InvalidOperationException>(() => memory.Watch(1, new Watcher("x", seen)));
        memory.WriteUInt16(0, 1);
        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public void A_watch_survives_growth_and_removal_around_it()
    {
        memory.Watch(1280, new Watcher("a", seen));
        for (long line = 0; line < 512; line++) memory.WriteUInt16((line * 128) + 64, 1);
        seen.Clear();
        for (long frame = 1; frame < 16; frame++) memory.ReleaseFrame(frame);

        memory.WriteUInt16(1290, 1);

        Assert.Equal(["a 1290+2"], seen);
    }

    private sealed class Watcher(string name, List<string> seen, Action? also = null)
        : IMemoryWatcher
    {
        public void Written(long physicalAddress, int lengthBytes)
        {
            seen.Add($"{name} {physicalAddress}+{lengthBytes}");
            also?.Invoke();
        }
    }
}
