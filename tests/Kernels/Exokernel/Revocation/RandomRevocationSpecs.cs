using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Tests.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Revocation;

public sealed class RandomRevocationSpecs
{
    private const int Environments = TranslationScene.Environments;

    [Fact]
    public void While_revocations_come_at_random_every_way_to_memory_is_one_that_was_allowed()
    {
        long taken = 0;
        long bound = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            var run = new Run(seed);
            for (int step = 0; step < 80; step++)
                run.Step();
            taken += run.TakenCount;
            bound += run.Scene.Translation.Bindings.Count;
        }

        Assert.True(taken > 1_000, $"{taken} frames were taken");
        Assert.True(bound > 1_000, $"{bound} bindings at the end");
    }

    private sealed class Run
    {
        private readonly Random random;
        private readonly RepossessionVector[] vectors =
            [.. Enumerable.Range(0, Environments).Select(_ => new RepossessionVector(5))];

        // Who may have written to a frame since it was last zeroed.
        private readonly Dictionary<long, int> secrets = [];

        public Run(int seed) => random = new Random(seed);

        public TranslationScene Scene { get; } = new(Guards.All);

        public long TakenCount { get; private set; }

        public void Step()
        {
            int me = random.Next(Environments);
            long page = 16 + random.Next(12) + (random.Next(2) * 1024);
            long frame = TranslationScene.First + random.Next(TranslationScene.Frames);
            switch (random.Next(14))
            {
                case 0:
                    Repossess(me);
                    break;
                case 1:
                    Answer(me);
                    break;
                case 2 when Scene.Book.CheckChange(
                    frame, TranslationScene.Of(me), 1, default) == ExokernelRefusal.None:
                    Share(frame);
                    break;
                case 3 when Scene.Book.CheckFree(frame, TranslationScene.Of(me))
                    == ExokernelRefusal.None:
                    Free(frame);
                    break;
                case 4 when Scene.Translation.CheckUnbind(me, page) == ExokernelRefusal.None:
                    Scene.Forget(Scene.Translation.Unbind(me, page));
                    break;
                case 5 when Scene.Book.CheckReserve(me, frame) == ExokernelRefusal.None:
                    Scene.Book.Reserve(frame);
                    break;
                case >= 9:
                    Allocate(me);
                    break;
                default:
                    Scene.TryBind(me, page, frame, random.Next(2) == 0
                        ? TranslationScene.Read
                        : TranslationScene.Write);
                    break;
            }

            Check();
        }

        private void Allocate(int me)
        {
            if (Scene.Book.CheckAllocate(me, FrameBook.Any, out long frame)
                != ExokernelRefusal.None)
                return;
            Scene.Book.Allocate(me, frame, TranslationScene.Of(me));
            Assert.False(secrets.ContainsKey(frame), "the last owner's bytes are still there");
            Assert.Equal(0UL, Scene.Memory.ReadUInt64(Frame.AddressOf(frame)));
            Scene.Memory.WriteUInt64(Frame.AddressOf(frame), 0xdead);
            secrets[frame] = me;
        }

        private void Share(long frame)
        {
            Capability other = TranslationScene.Of(random.Next(Environments));
            Scene.Book.Change(frame, 1, other.With((CapabilityPermissions)random.Next(2)));
            var broken = new List<Binding>();
            Scene.Translation.Break(frame, broken);
            broken.ForEach(binding => Scene.Forget(binding));
        }

        private void Answer(int me)
        {
            long[] answer =
            [
                .. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                    TranslationScene.First - 1 + random.Next(TranslationScene.Frames + 2)),
            ];
            if (Scene.Revocation.CheckReturn(me, answer) != ExokernelRefusal.None)
                return;
            Assert.All(answer, frame => Assert.Equal(me, Scene.Book.OwnerOf(frame)));
            Free(answer);
        }

        private void Repossess(int me)
        {
            FrameHoldings before = Scene.Book.HoldingsOf(me);
            var taken = new List<RepossessedFrame>();
            var broken = new List<Binding>();
            Scene.Revocation.Repossess(me, random.Next(1, 6), vectors[me], 0, taken, broken);
            broken.ForEach(binding => Scene.Forget(binding));
            foreach (RepossessedFrame one in taken)
            {
                Scene.Memory.ReleaseFrame(one.Frame);
                secrets.Remove(one.Frame);
            }

            TakenCount += taken.Count;
            Assert.Equal(before.Reserved, Scene.Book.HoldingsOf(me).Reserved);
            Assert.InRange(vectors[me].Count, 0, 5);
            if (random.Next(4) == 0)
                vectors[me].TryRead(out _);
        }

        private void Free(params long[] frames)
        {
            Scene.Free(frames);
            foreach (long frame in frames)
                secrets.Remove(frame);
        }

        private void Check()
        {
            var owners = new HashSet<long>();
            for (int me = 0; me < Environments; me++)
            {
                foreach (long frame in Scene.Book.FramesOf(me))
                    Assert.True(owners.Add(frame), $"frame {frame} has two owners");
                for (long page = 16; page < 28; page++)
                {
                    CheckWays(me, page);
                    CheckWays(me, page + 1024);
                }
            }

            Assert.Equal(TranslationScene.Frames, owners.Count + Scene.Book.FreeCount);
        }

        // Whatever leads anywhere is the binding in the book, and by what the page's list says now.
        private void CheckWays(int me, long page)
        {
            bool isBound = Scene.Translation.Bindings.TryFind(me, page, out Binding binding);
            foreach ((long frame, bool isWritable) in Scene.Ways(me, page))
            {
                Assert.True(isBound, $"environment {me} reaches frame {frame} by page {page}");
                Assert.Equal((binding.Frame, binding.IsWritable), (frame, isWritable));
                Assert.NotEqual(FrameUse.Free, Scene.Book.UseOf(frame));
                Assert.True(Scene.Book.ListOf(frame).Allows(
                    TranslationScene.Of(me),
                    isWritable ? CapabilityPermissions.Write : CapabilityPermissions.Read));
            }
        }
    }
}
