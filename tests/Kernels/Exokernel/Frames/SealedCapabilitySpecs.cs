using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Tests.Exokernel.Frames;

public sealed class SealedCapabilitySpecs
{
    private const long Page = 105;

    private static readonly Capability OfAlice = Capability.OfEnvironment(0, 0);
    private static readonly Capability OfBob = Capability.OfEnvironment(1, 0);

    [Fact]
    public void Who_controls_a_page_gets_capabilities_to_pass_on()
    {
        FrameBook book = AliceHasThePage(Guards.All);
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckSeal(Page, OfBob));
        Assert.Equal(ExokernelRefusal.None, book.CheckSeal(Page, OfAlice));
        PageCapability read = book.Seal(Page, isForWriting: false);
        PageCapability write = book.Seal(Page, isForWriting: true);
        Assert.Equal((Page, false, 0u), (read.Frame, read.IsForWriting, read.Generation));
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(read, false));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckAccess(read, true));
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(write, true));
    }

    [Fact]
    public void Every_forged_one_is_refused()
    {
        FrameBook book = AliceHasThePage(Guards.All);
        PageCapability read = book.Seal(Page, isForWriting: false);
        var random = new Random(4);
        for (int trial = 0; trial < 1000; trial++)
        {
            var forged = new PageCapability(
                PageCapability.ClaimOf(Page, trial % 2 == 0, 0), (ulong)random.NextInt64());
            Assert.Equal(ExokernelRefusal.ForgedCapability, book.CheckAccess(forged, false));
        }

        var stronger = new PageCapability(PageCapability.ClaimOf(Page, true, 0), read.Seal);
        Assert.Equal(ExokernelRefusal.ForgedCapability, book.CheckAccess(stronger, true));
        Assert.Throws<InvalidOperationException>(
            () => PageCapability.ClaimOf(PageCapability.FrameLimit, true, 0));
    }

    [Fact]
    public void Without_the_seal_a_made_up_one_opens_the_page()
    {
        FrameBook book = AliceHasThePage(Guards.AllBut(KernelGuards.CapabilitySeal));
        var forged = new PageCapability(PageCapability.ClaimOf(Page, true, 0), 12345);
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(forged, true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_from_before_the_page_changed_hands_is_stale(bool isGuarded)
    {
        FrameBook book = AliceHasThePage(
            isGuarded ? Guards.All : Guards.AllBut(KernelGuards.CapabilityGeneration));
        PageCapability kept = book.Seal(Page, isForWriting: true);
        book.Free(Page);
        Assert.Equal(ExokernelRefusal.FrameIsFree, book.CheckAccess(kept, false));
        book.Allocate(1, Page, OfBob);
        Assert.Equal(
            isGuarded ? ExokernelRefusal.StaleCapability : ExokernelRefusal.None,
            book.CheckAccess(kept, true));
    }

    [Fact]
    public void One_from_before_the_capabilities_were_changed_is_stale()
    {
        FrameBook book = AliceHasThePage(Guards.All);
        PageCapability kept = book.Seal(Page, isForWriting: false);
        book.Change(Page, 1, OfBob);
        Assert.Equal(ExokernelRefusal.StaleCapability, book.CheckAccess(kept, false));
        Assert.Equal(ExokernelRefusal.None, book.CheckAccess(book.Seal(Page, false), false));
    }

    private static FrameBook AliceHasThePage(Guards guards)
    {
        FrameBook book = FrameBookSpecs.BookOf(guards);
        book.Allocate(0, Page, OfAlice);
        return book;
    }
}
