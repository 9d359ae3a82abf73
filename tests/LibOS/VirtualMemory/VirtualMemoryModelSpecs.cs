using Disguise.Actors.Randomness;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory;
using Disguise.LibOS.VirtualMemory.Replacement;
using Xunit;

namespace Disguise.LibOS.Tests.VirtualMemory;

/// <summary>
/// Random programs: calls, accesses and forks on spaces that share frames and a store that are
/// both short. What they read is what a model says that knows of no frames at all.
/// </summary>
public class VirtualMemoryModelSpecs
{
    private const int SeedCount = 300;
    private const int StepCount = 400;
    private const int SharedCount = 3;
    private const int MostSpaces = 4;
    private const long FirstPage = 100;
    private const int Span = 24;

    [Theory]
    [InlineData(PageTableKind.Linear, "lru", false)]
    [InlineData(PageTableKind.Linear, "mru", true)]
    [InlineData(PageTableKind.Inverted, "clock", true)]
    [InlineData(PageTableKind.Inverted, "mru", false)]
    public void What_is_read_is_what_the_model_says(
        PageTableKind table, string policy, bool notesUse)
    {
        var transfers = 0;
        for (var seed = 0; seed < SeedCount; seed++)
            transfers += new Program((ulong)seed, table, policy, notesUse).Run();
        Assert.True(transfers > SeedCount, "hardly a page went to the store");
    }

    private sealed class Program
    {
        private readonly DeterministicRandom random;
        private readonly SortedDictionary<long, byte> bytes = [];
        private readonly FramePool frames = new();
        private readonly MemoryBackingStore store = new(512, 0);
        private readonly SharedPages shared = new(SharedCount);
        private readonly byte[] sharedModel = new byte[SharedCount];
        private readonly List<SpaceUnderTest> spaces = [];
        private readonly bool notesUse;

        public Program(ulong seed, PageTableKind table, string policy, bool notesUse)
        {
            random = new DeterministicRandom(seed);
            this.notesUse = notesUse;
            frames.Grant(Enumerable.Range(40, 30).Select(frame => (long)frame));
            var hardware = new SimulatedHardware(bytes, store, notesUse);
            var library = new VirtualAddressSpace(new VirtualMemoryOptions
            {
                FirstPage = FirstPage,
                Frames = frames,
                Store = store,
                Table = table,
                OwnPolicy = ReplacementPolicies.Make(policy),
                Use = hardware.Use,
                FrameLimit = 4,
            });
            spaces.Add(new SpaceUnderTest(library, hardware, new ModelledSpace()));
        }

        public int Run()
        {
            var transfers = 0;
            for (var step = 0; step < StepCount; step++)
            {
                Step(spaces[Number(spaces.Count)]);
                foreach (var space in spaces)
                    space.CheckTranslations(frames);
            }

            foreach (var space in spaces)
            {
                transfers += space.Hardware.TransferCount;
                space.Library.Release();
            }

            shared.Release(frames);
            Assert.Equal(0, frames.UsedCount);
            Assert.Equal(0, store.UsedCount);
            return transfers;
        }

        private void Step(SpaceUnderTest space)
        {
            var page = FirstPage + Number(Span);
            var pages = 1 + Number(4);
            switch (Number(20))
            {
                case 0 or 8 or 9 or 10 or 11:
                    var protection = Protection();
                    space.Expect(
                        space.Model.Map(page, pages, protection, null),
                        space.Library.Map(page, pages, protection));
                    break;
                case 1:
                    space.Expect(
                        space.Model.Map(
                            page, SharedCount, MemoryProtection.ReadWrite, sharedModel),
                        space.Library.Map(
                            page, SharedCount, MemoryProtection.ReadWrite, shared));
                    break;
                case 2:
                    space.Expect(
                        space.Model.Unmap(page, pages), space.Library.Unmap(page, pages));
                    break;
                case 3:
                    protection = Protection();
                    space.Expect(
                        space.Model.Protect(page, pages, protection),
                        space.Library.Protect(page, pages, protection));
                    break;
                case 4:
                    Fork(space);
                    break;
                case 5:
                    Assert.Equal(
                        space.Model.IsDirty(page) ?? false, space.Library.IsDirty(page));
                    break;
                case 6:
                    space.Expect(space.Model.Clean(page), space.Library.Clean(page));
                    break;
                case 7:
                    space.Library.HasHandler = !space.Library.HasHandler;
                    break;
                default:
                    space.Access(page, Number(2) == 0 ? null : (byte)(1 + Number(255)));
                    break;
            }
        }

        private void Fork(SpaceUnderTest space)
        {
            if (spaces.Count == MostSpaces)
            {
                spaces[^1].Library.Release();
                spaces.RemoveAt(spaces.Count - 1);
                return;
            }

            var hardware = new SimulatedHardware(bytes, store, notesUse);
            var library = space.Library.Fork(hardware.Use);
            space.Hardware.CarryOut(space.Library.Actions);
            hardware.CarryOut(library.Actions);
            spaces.Add(new SpaceUnderTest(library, hardware, space.Model.Fork()));
        }

        private MemoryProtection Protection() => Number(6) switch
        {
            0 => MemoryProtection.None,
            1 => MemoryProtection.Read,
            _ => MemoryProtection.ReadWrite,
        };

        private int Number(int limit) => (int)random.Below((ulong)limit);
    }
}
