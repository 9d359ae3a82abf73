using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;

namespace Disguise.Hardware.Tests.Cores;

/// <summary>
/// A machine whose cores run programs that share one page of memory, and a device that writes to
/// it at given times.
/// </summary>
internal sealed class ContextScene : IDisposable
{
    public const ulong SharedPage = 0x40_0000;
    public const long PollStepPs = 2_000;
    public const long InterruptPs = 500_000;
    public const long TrapPs = 50_000;

    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly Root root;
    private readonly long sharedFrame;

    public ContextScene(int cores = 2)
    {
        Island = emulation.AddIsland("server");
        Costs.Set(HardwareCosts.PollStep, PollStepPs);
        Costs.Set(HardwareCosts.Interrupt, InterruptPs);
        Costs.Set(HardwareCosts.Trap, TrapPs);
        Machine = new Machine(
            Island, "server",
            new MachineOptions { CoreCount = cores, MemoryBytes = 64L << 20 }, Costs);
        var kernel = new OwnerId(1);
        var frames = new OwnedTableFrames(Machine.Frames, Machine.Memory, kernel);
        PageTable.TryCreate(Machine.Memory, frames, out var table);
        Machine.Frames.TryAllocate(kernel, out var frame);
        sharedFrame = Frame.AddressOf(frame);
        table.Map(SharedPage, sharedFrame, PageRights.User | PageRights.Writable);
        var space = new AddressSpace(Machine.Memory, new AddressSpaceId(1), table.RootAddress);
        foreach (var core in Machine.Cores)
            core.Mmu.Activate(space);
        Root? made = null;
        Island.SpawnRoot(ActorProps.Of(() => made = new Root(Machine)), "server");
        root = made!;
    }

    public CostTable Costs { get; } = new();

    public Island Island { get; }

    public Machine Machine { get; }

    public LedgerAccount Account { get; } = new("program", "core", false);

    public long KernelTimePs => Machine.KernelAccount.TimePsOf(HardwareCosts.Interrupt);

    /// <summary>Starts a program on a core at a time.</summary>
    public void Start(int core, long atPs, Func<CpuContext, EmulatedTask> program) => At(
        atPs, () => root.Begin(
            owner => new CpuContext(owner, 0, Costs, Account), Machine.Cores[core], program));

    /// <summary>A device's write of the shared word takes effect at a time.</summary>
    public void DeviceWrites(long atPs, ulong value, ulong offset = 0) => At(
        atPs, () => Machine.Memory.WriteUInt64(sharedFrame + (long)offset, value));

    /// <summary>An interrupt that goes to the kernel reaches a core at a time.</summary>
    public void Interrupt(int core, long atPs) => At(
        atPs, () => Machine.Cores[core].DoKernelWork(
            Machine.KernelAccount, HardwareCosts.Interrupt, 1, atPs));

    public void At(long atPs, Action act)
    {
        Island.Enter();
        Island.Schedule(atPs, root.Me, new Act(act), null);
    }

    public static ulong Read(CpuContext context, ulong offset = 0)
    {
        if (!context.Mmu.TryReadUInt64(SharedPage + offset, out var value, out var fault))
            throw new InvalidOperationException(fault.ToString());
        return value;
    }

    public static void Write(CpuContext context, ulong value, ulong offset = 0)
    {
        if (!context.Mmu.TryWriteUInt64(SharedPage + offset, value, out var fault))
            throw new InvalidOperationException(fault.ToString());
    }

    public void Run(long untilPs = Picoseconds.PerMillisecond) => emulation.Run(untilPs);

    public void Dispose() => emulation.Dispose();

    private sealed record Act(Action Do) : IInternalMessage;

    private sealed class Root(Machine machine) : EmulatedActor
    {
        private int programs;

        public void Begin(
            Func<IslandActorRef, CpuContext> make, Core core,
            Func<CpuContext, EmulatedTask> program)
        {
            var owner = Spawn(
                $"program({programs++})", () => new Owner(make, core, program));
            Send(owner, new Act(() => { }), NowPs);
        }

        protected override void PreStart()
        {
            foreach (var core in machine.Cores)
                Spawn($"core({core.Number})", () => new CoreActor(core, machine.KernelAccount));
        }

        protected override void OnReceive(object message) => ((Act)message).Do();
    }

    private sealed class Owner(
        Func<IslandActorRef, CpuContext> make, Core core, Func<CpuContext, EmulatedTask> program)
        : EmulatedActor
    {
        private CpuContext? context;
        private EmulatedTask task;

        protected override void OnReceive(object message)
        {
            if (message is ContextResume)
            {
                context!.Resume(Word);
            }
            else
            {
                context = make(Me);
                core.Dispatch(context, NowPs);
                task = program(context);
            }

            if (task.IsCompleted)
                task.GetResult();
        }
    }
}
