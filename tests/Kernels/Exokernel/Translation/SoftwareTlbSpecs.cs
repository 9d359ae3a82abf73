using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Translation;

public sealed class SoftwareTlbSpecs
{
    private const long FirstFrame = 8;
    private const int Alice = 3;
    private const int Bob = 4;

    private readonly PhysicalMemory memory = new(64 * Frame.SizeBytes);

    [Fact]
    public void It_is_4096_entries_of_8_bytes_in_memory()
    {
        SoftwareTlb tlb = Made(Guards.All);
        Assert.Equal((4096, 32_768, 8), (
            SoftwareTlb.EntryCount, SoftwareTlb.SizeBytes, SoftwareTlb.FrameCount));
        tlb.Insert(Writable(Alice, 0x12345, 40));
        long at = Frame.AddressOf(FirstFrame) + (8 * SoftwareTlb.IndexOf(Alice, 0x12345));
        Assert.Equal(0x0003_0001_2000_0283UL, memory.ReadUInt64(at));
        Assert.Equal(128, memory.TouchedBytes);
    }

    [Fact]
    public void What_was_inserted_is_found_with_its_rights()
    {
        SoftwareTlb tlb = Made(Guards.All);
        var code = new Binding(Alice, 7, 41, PageRights.User | PageRights.Executable);
        tlb.Insert(Writable(Alice, 0x12345, 40));
        tlb.Insert(code);
        Assert.True(tlb.Probe(Alice, 0x12345, out Binding found));
        Assert.Equal(Writable(Alice, 0x12345, 40), found);
        Assert.True(tlb.Probe(Alice, 7, out found));
        Assert.Equal(code, found);
        Assert.False(tlb.Probe(Alice, 8, out _));
        Assert.False(tlb.Probe(Bob, 7, out _));
        Assert.Equal((2, 2, 0), (tlb.Hits, tlb.Misses, tlb.Displaced));
    }

    [Fact]
    public void Pages_with_one_place_displace_each_other()
    {
        SoftwareTlb tlb = Made(Guards.All);
        tlb.Insert(Writable(Alice, 5, 40));
        tlb.Insert(Writable(Alice, 5 + SoftwareTlb.EntryCount, 41));
        Assert.False(tlb.Probe(Alice, 5, out _));
        Assert.True(tlb.Probe(Alice, 5 + SoftwareTlb.EntryCount, out _));
        tlb.Insert(Writable(Bob, PageOfBobAt(5), 42));
        Assert.False(tlb.Probe(Alice, 5 + SoftwareTlb.EntryCount, out _));
        Assert.Equal(2, tlb.Displaced);
        tlb.Insert(Writable(Bob, PageOfBobAt(5), 43));
        Assert.Equal(2, tlb.Displaced);
        Assert.True(tlb.Probe(Bob, PageOfBobAt(5), out Binding found));
        Assert.Equal(43, found.Frame);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_entry_of_another_environment_does_not_match(bool isGuarded)
    {
        SoftwareTlb tlb = Made(
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.SoftwareTlbTag));
        tlb.Insert(Writable(Alice, 5, 40));

        // Bob touches the page of his that has its place where Alice's entry is.
        Assert.Equal(SoftwareTlb.IndexOf(Alice, 5), SoftwareTlb.IndexOf(Bob, PageOfBobAt(5)));
        Assert.Equal(!isGuarded, tlb.Probe(Bob, PageOfBobAt(5), out Binding stolen));
        Assert.Equal(isGuarded ? 0 : 40, stolen.Frame);
        tlb.Remove(Bob, PageOfBobAt(5));
        Assert.True(tlb.Probe(Alice, 5, out _));
    }

    [Fact]
    public void A_page_or_a_frame_that_an_entry_has_no_bits_for_is_not_kept()
    {
        SoftwareTlb tlb = Made(Guards.All);
        tlb.Insert(Writable(Alice, 5, 40));
        tlb.Insert(Writable(Alice, SoftwareTlb.PageLimit + 5, 41));
        Assert.False(tlb.Probe(Alice, SoftwareTlb.PageLimit + 5, out _));
        Assert.True(tlb.Probe(Alice, 5, out _));
        tlb.Insert(Writable(Alice, 5, SoftwareTlb.FrameLimit));
        Assert.False(tlb.Probe(Alice, 5, out _));
    }

    [Fact]
    public void Whatever_is_inserted_a_probe_gives_the_last_binding_of_that_page_or_none()
    {
        int hits = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            SoftwareTlb tlb = Made(Guards.All);
            var bound = new Dictionary<(int, long), Binding>();
            for (int step = 0; step < 100; step++)
            {
                int tag = random.Next(1024);
                long page = random.Next(3) switch
                {
                    0 => random.Next(4),
                    1 => (SoftwareTlb.IndexOf(tag, 0) ^ random.Next(2)) + (4096L * random.Next(3)),
                    _ => random.NextInt64(SoftwareTlb.PageLimit),
                };
                if (random.Next(4) == 0)
                {
                    tlb.Remove(tag, page);
                    bound.Remove((tag, page));
                }
                else
                {
                    Binding made = Writable(tag, page, random.NextInt64(SoftwareTlb.FrameLimit));
                    tlb.Insert(made);
                    bound[(tag, page)] = made;
                    Assert.True(tlb.Probe(tag, page, out _));
                }

                foreach (var ((ofTag, ofPage), made) in bound)
                {
                    if (tlb.Probe(ofTag, ofPage, out Binding found))
                        Assert.Equal(made, found);
                }

                if (tlb.Probe(random.Next(1024), page, out Binding any))
                {
                    hits++;
                    Assert.Equal(bound[(any.Environment, any.VirtualPage)], any);
                }
            }

            for (long frame = FirstFrame; frame < FirstFrame + SoftwareTlb.FrameCount; frame++)
                memory.ReleaseFrame(frame);
        }

        Assert.True(hits > 50, $"{hits} hits of strangers' probes");
    }

    private static Binding Writable(int environment, long page, long frame) =>
        new(environment, page, frame, PageRights.User | PageRights.Writable);

    private static long PageOfBobAt(long pageOfAlice) =>
        pageOfAlice ^ SoftwareTlb.IndexOf(Alice, 0) ^ SoftwareTlb.IndexOf(Bob, 0);

    private SoftwareTlb Made(Guards guards) => new(memory, FirstFrame, guards);
}
