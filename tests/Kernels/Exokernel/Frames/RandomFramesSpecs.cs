using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Tests.Exokernel.Frames;

public sealed class RandomFramesSpecs
{
    private const int Environments = 3;
    private const int Frames = 20;
    private const long First = 100;

    [Fact]
    public void No_frame_ever_has_two_owners_and_what_is_guaranteed_stays()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            FrameBook book = FrameBookSpecs.BookOf(Guards.All);
            book.Admit(2);
            var stale = new List<PageCapability>();
            for (int step = 0; step < 80; step++)
            {
                Step(book, random, stale);
                Check(book, stale);
            }
        }
    }

    private static void Step(FrameBook book, Random random, List<PageCapability> stale)
    {
        int me = random.Next(Environments);
        long frame = First - 1 + random.Next(Frames + 2);
        Capability mine = Capability.OfEnvironment(me, 0);
        switch (random.Next(8))
        {
            case 0 when book.CheckFree(frame, mine) == ExokernelRefusal.None:
                Forget(book, frame, stale);
                book.Free(frame);
                break;
            case 1 when book.CheckChange(frame, mine, 1, Capability.OfEnvironment(0, 0))
                == ExokernelRefusal.None:
                Forget(book, frame, stale);
                book.Change(frame, 1, Capability.OfEnvironment(random.Next(Environments), 0));
                break;
            case 2 when book.CheckReserve(me, frame) == ExokernelRefusal.None:
                book.Reserve(frame);
                break;
            case 3 when book.CheckUnreserve(me, frame) == ExokernelRefusal.None:
                book.Unreserve(frame);
                break;
            case 4:
                Repossess(book, me, random.Next(6), stale);
                break;
            default:
                if (book.CheckAllocate(me, random.Next(2) == 0 ? frame : FrameBook.Any,
                    out long found) == ExokernelRefusal.None)
                    book.Allocate(
                        me, found, mine, random.Next(9) == 0 ? FrameUse.Table : FrameUse.Data);
                break;
        }
    }

    private static void Repossess(
        FrameBook book, int environment, int count, List<PageCapability> stale)
    {
        FrameHoldings before = book.HoldingsOf(environment);
        var chosen = new List<long>();
        book.ChooseTakeable(environment, count, chosen);
        Assert.Equal(Math.Min(count, book.TakeableOf(environment)), chosen.Count);
        foreach (long frame in chosen)
        {
            Assert.Equal((environment, FrameUse.Data), (book.OwnerOf(frame), book.UseOf(frame)));
            Forget(book, frame, stale);
            book.Free(frame);
        }

        FrameHoldings after = book.HoldingsOf(environment);
        Assert.Equal((before.Reserved, before.Tables), (after.Reserved, after.Tables));
        Assert.True(after.Owned - after.Tables >= Math.Min(5, before.Owned - before.Tables));
    }

    private static void Forget(FrameBook book, long frame, List<PageCapability> stale)
    {
        stale.Add(book.Seal(frame, isForWriting: true));
        if (stale.Count > 30)
            stale.RemoveAt(0);
    }

    private static void Check(FrameBook book, List<PageCapability> stale)
    {
        var owners = new Dictionary<long, int>();
        for (int environment = 0; environment < Environments; environment++)
        {
            FrameHoldings has = book.HoldingsOf(environment);
            long[] frames = [.. book.FramesOf(environment)];
            Assert.Equal(has.Owned, frames.Length);
            Assert.Equal(
                has.Reserved, frames.Count(frame => book.UseOf(frame) == FrameUse.Reserved));
            Assert.Equal(has.Tables, frames.Count(frame => book.UseOf(frame) == FrameUse.Table));
            Assert.InRange(has.Reserved, 0, 5);
            Assert.InRange(has.Owned, 0, 15);
            foreach (long frame in frames)
            {
                Assert.True(owners.TryAdd(frame, environment), $"frame {frame} has two owners");
                Assert.Equal(environment, book.OwnerOf(frame));
                Assert.InRange(frame, First, First + Frames - 1);
                Assert.Equal(
                    ExokernelRefusal.None,
                    book.CheckAccess(frame, Capability.OfEnvironment(environment, 0), false));
            }
        }

        Assert.Equal(Frames - owners.Count, book.FreeCount);
        Assert.All(stale, kept => Assert.NotEqual(
            ExokernelRefusal.None, book.CheckAccess(kept, false)));
    }
}
