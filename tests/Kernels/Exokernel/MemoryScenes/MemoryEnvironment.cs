using System.Collections.Immutable;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>An environment whose program and whose answers to upcalls are a test's.</summary>
internal sealed class MemoryEnvironment : EmulatedActor
{
    public const long FirstPage = 0x200;

    private readonly MemoryScene scene;
    private readonly int number;
    private readonly Program body;
    private CallResult result;
    private EmulatedTask program;
    private bool hasBegun;
    private bool isAsleep;

    public MemoryEnvironment(MemoryScene scene, int number, Program body)
    {
        this.scene = scene;
        this.number = number;
        this.body = body;
        Cpu = new CpuContext(
            Me, 0, scene.Machine.Costs, new LedgerAccount($"server.env[{number}]", "core", false));
        scene.Environments.Add(this);
    }

    public delegate EmulatedTask Program(MemoryEnvironment environment);

    public CpuContext Cpu { get; }

    /// <summary>Frames that the program has got.</summary>
    public List<long> Frames { get; } = [];

    /// <summary>What was forwarded to the environment.</summary>
    public List<(long TimePs, object Message)> Heard { get; } = [];

    /// <summary>What the program notes down.</summary>
    public List<long> Notes { get; } = [];

    /// <summary>What the library does when it is asked for frames.</summary>
    public Action<MemoryProtocol.FramesRequested>? OnRequest { get; set; }

    public bool HasEnded { get; private set; }

    /// <summary>Its actor's ordinal, by which the operator names it.</summary>
    public int Ordinal => Me.Ordinal;

    public static ulong AddressOf(long page) => (ulong)Frame.AddressOf(FirstPage + page);

    public async EmulatedTask<CallResult> Call(KernelCall call)
    {
        await Cpu.SyncBeforeSend();
        Send(scene.Kernel.Actor, new ExokernelProtocol.Call(call), Cpu.ClockPs);
        await Cpu.AwaitAnswer();
        return result;
    }

    /// <summary>Frames, each bound to a page of its own, from page 0 on.</summary>
    public async EmulatedTask SetUp(int pages, bool isKernels = false)
    {
        for (var page = 0; page < pages; page++)
        {
            var frame = await Call(new MemoryCall.AllocateFrame(-1));
            Assert.Equal(ExokernelRefusal.None, frame.Refusal);
            Frames.Add(frame.Value);
            var bound = isKernels
                ? await Call(new KernelCall.MapPages(FirstPage + page, frame.Value, 1, true))
                : await Bind(page, frame.Value);
            Assert.Equal(ExokernelRefusal.None, bound.Refusal);
        }
    }

    public EmulatedTask<CallResult> Bind(
        long page, long frame, PageRights rights = PageRights.Writable, int credential = 0) =>
        Call(new MemoryCall.EditPages(
        [
            new TableEdit(TableEditKind.Insert, FirstPage + page, frame, rights, credential),
        ]));

    /// <summary>Computes.</summary>
    public async EmulatedTask Work(long untilPs)
    {
        Cpu.Charge(HardwareCosts.Work, Math.Max(1, untilPs - Cpu.ClockPs));
        await Cpu.Sync();
    }

    /// <summary>Sleeps, and is awake at any slice that starts.</summary>
    public async EmulatedTask SleepUntil(long untilPs)
    {
        var never = WakeupPredicate.Of(
            PredicateOperand.Number(0), PredicateOperator.Equal, PredicateOperand.Number(1));
        await Cpu.SyncBeforeSend();
        isAsleep = true;
        Send(scene.Kernel.Actor, new ExokernelProtocol.SleepFor(never, untilPs), Cpu.ClockPs);
        await Cpu.AwaitAnswer();
    }

    /// <summary>Gives frames back, without waiting for anything.</summary>
    public void Return(params ImmutableArray<long> frames) =>
        Send(scene.Kernel.Actor, new MemoryProtocol.ReturnFrames(frames), NowPs);

    public bool TryStore(long page, ulong value) =>
        Cpu.Mmu.TryWriteUInt64(AddressOf(page), value, out _);

    public bool TryLoad(long page, out ulong value) =>
        Cpu.Mmu.TryReadUInt64(AddressOf(page), out value, out _);

    protected override void PreStart() => Send(
        scene.Kernel.Actor,
        new ExokernelProtocol.StartEnvironment(
            new EnvironmentDescription
            {
                Address = $"server.env[{number}]",
                Mac = new MacAddress(0x0200_0000_0100UL + (ulong)number),
                Ip = new Ipv4Address(0x0A00_0100u + (uint)number),
                Placement = CorePlacement.Own,
            },
            Cpu),
        NowPs);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContextResume:
                Cpu.Resume(Word);
                break;
            case ExokernelProtocol.Returned returned:
                result = returned.Result;
                Cpu.Answer();
                break;
            case ExokernelProtocol.SliceStarts when !hasBegun:
                hasBegun = true;
                program = body(this);
                program.WhenCompleted(() =>
                {
                    HasEnded = true;
                    program.GetResult();
                });
                break;
            case ExokernelProtocol.SliceStarts when isAsleep:
                isAsleep = false;
                Cpu.Answer();
                break;
            case ExokernelProtocol.SliceStarts or ExokernelProtocol.Ended:
                break;
            case MemoryProtocol.FramesRequested request:
                Heard.Add((NowPs, message));
                OnRequest?.Invoke(request);
                break;
            case MemoryProtocol.ReturnRefused or MemoryProtocol.FramesTaken
                or MemoryProtocol.Emergency or ExokernelProtocol.Repossessed:
                Heard.Add((NowPs, message));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
