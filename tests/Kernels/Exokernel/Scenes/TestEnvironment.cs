using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.Kernels.Tests.Exokernel.Scenes;

/// <summary>An environment whose library is the test's: it may do what no library would.
/// </summary>
internal sealed class TestEnvironment : EmulatedActor
{
    private readonly DomainEnvironment environment;
    private readonly ExokernelScene.Program program;
    private CallResult result;
    private uint loaded;
    private bool hasBegun;
    private bool awaitsSlice;
    private TransferRegisters? came;
    private readonly Queue<(TransferRegisters, long)> entries = [];

    public TestEnvironment(
        int number, DomainEnvironment environment, ExokernelScene.Program program)
    {
        Number = number;
        this.environment = environment;
        this.program = program;
        CpuContext = new CpuContext(Me, 0, environment.Costs, environment.Account);
    }

    public int Number { get; }

    private long PostedWritePs => environment.Costs.Of(DeviceCosts.PciePostedWrite);

    public CpuContext CpuContext { get; }

    /// <summary>Whether its code for the end of a slice does nothing.</summary>
    public bool Overstays { get; set; }

    /// <summary>Work that it got done.</summary>
    public long Done { get; private set; }

    /// <summary>Words that came with the starts of its slices.</summary>
    public List<long> Starts { get; } = [];

    public CallResult LastResult => result;

    public int Ends { get; private set; }

    /// <summary>What it does when it is asked for something back.</summary>
    public Action<ExokernelProtocol.ReturnRequested>? OnRequest { get; set; }

    /// <summary>Its actor's ordinal, by which the operator names it.</summary>
    public int Ordinal => Me.Ordinal;

    public bool IsEnded { get; private set; }

    /// <summary>Computes for ever, ten microseconds at a time.</summary>
    public async EmulatedTask Compute()
    {
        while (true)
        {
            CpuContext.Charge(HardwareCosts.Work, 10_000_000);
            await CpuContext.Sync();
            Done++;
        }
    }

    public async EmulatedTask<CallResult> Call(KernelCall call)
    {
        await CpuContext.SyncBeforeSend();
        Send(environment.Kernel, new ExokernelProtocol.Call(call), CpuContext.ClockPs);
        await CpuContext.AwaitAnswer();
        return result;
    }

    /// <summary>
    /// Sleeps for a predicate, or a time. The tag of what has woken it, or -1 where it was refused.
    /// </summary>
    public async EmulatedTask<int> SleepFor(WakeupPredicate predicate, long forPs)
    {
        result = default;
        await Leave(new ExokernelProtocol.SleepFor(predicate, CpuContext.ClockPs + forPs));
        return result.Refusal == ExokernelRefusal.None ? (int)(Starts[^1] >> 32) : -1;
    }

    /// <summary>
    /// Enters another environment and waits. What it came back with; null where it was refused or
    /// the other has ended.
    /// </summary>
    public async EmulatedTask<TransferRegisters?> Transfer(int to, TransferRegisters registers)
    {
        came = null;
        await Leave(new ExokernelProtocol.Transfer(registers, IsSynchronous: true), to);
        return came;
    }

    /// <summary>Goes back to who has entered.</summary>
    public EmulatedTask TransferBack(int to, TransferRegisters registers) =>
        Leave(new ExokernelProtocol.TransferBack(registers), to);

    /// <summary>Sleeps until somebody enters: with what, and who.</summary>
    public async EmulatedTask<(TransferRegisters Registers, long Caller)> NextEntry()
    {
        var never = WakeupPredicate.Of(
            PredicateOperand.Number(0), PredicateOperator.Equal, PredicateOperand.Number(1));
        while (entries.Count == 0)
            await Leave(new ExokernelProtocol.SleepFor(never, Picoseconds.Never));
        return entries.Dequeue();
    }

    /// <summary>Binds the network by the address that an environment was given.</summary>
    public EmulatedTask<CallResult> BindNetwork(int whose) => Call(new KernelCall.BindNetwork(
        ExokernelScene.MacOf(whose).Value, ExokernelScene.IpOf(whose).Value,
        HasInterrupt: false, BitsPerSecond: 0));

    /// <summary>Says something to the kernel and goes on.</summary>
    public async EmulatedTask Say(object message, long word = 0)
    {
        await CpuContext.SyncBeforeSend();
        Send(environment.Kernel, message, CpuContext.ClockPs, word);
        await CpuContext.Sync();
    }

    /// <summary>Takes a frame; its number.</summary>
    public async EmulatedTask<long> TakeFrame() =>
        (await Call(new KernelCall.AllocateFrames(1))).Value;

    /// <summary>Stores to a device register. False where its page table does not let it.</summary>
    public async EmulatedTask<bool> Store(ulong address, uint value)
    {
        await CpuContext.Sync();
        CpuContext.Charge(HardwareCosts.MmioWrite);
        return RegisterBus.TryStore(
            CpuContext, address, value, CpuContext.ClockPs + PostedWritePs, out _);
    }

    /// <summary>Loads from a device register; null where its page table does not let it.</summary>
    public async EmulatedTask<uint?> Load(ulong address)
    {
        await CpuContext.Sync();
        if (!RegisterBus.TryLoad(
                CpuContext, address, CpuContext.ClockPs + PostedWritePs, out var isAnswered, out _)
            || !isAnswered)
            return null;
        await CpuContext.AwaitAnswer();
        return loaded;
    }

    /// <summary>Says something to the kernel after which a slice starts again.</summary>
    public async EmulatedTask Leave(object message, long word = 0)
    {
        await CpuContext.SyncBeforeSend();
        awaitsSlice = true;
        Send(environment.Kernel, message, CpuContext.ClockPs, word);
        await CpuContext.AwaitAnswer();
    }

    /// <summary>Gives something back, without waiting for anything.</summary>
    public void GiveBack(ExokernelProtocol.GiveBack given) =>
        Send(environment.Kernel, given, NowPs);

    /// <summary>Its code for the end of a slice is done at last.</summary>
    public void SaveNow() => environment.Kernel.Island.Schedule(
        environment.Kernel.Island.NowPs, environment.Kernel, ExokernelProtocol.Saved.Instance,
        Me);

    protected override void PreStart() => Send(
        environment.Kernel,
        new ExokernelProtocol.StartEnvironment(
            new EnvironmentDescription
            {
                Address = environment.Address,
                Mac = environment.Mac,
                Ip = environment.Ip,
                Placement = new CorePlacement(CorePlacementKind.Pinned),
            },
            CpuContext),
        NowPs);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContextResume:
                CpuContext.Resume(Word);
                break;
            case ExokernelProtocol.Returned returned:
                result = returned.Result;
                awaitsSlice = false;
                CpuContext.Answer();
                break;
            case MmioProtocol.RegisterReadCompletion:
                loaded = MmioProtocol.RegisterReadCompletion.ValueOf(Word);
                CpuContext.Answer();
                break;
            case ExokernelProtocol.Entered entered:
                entries.Enqueue((entered.Registers, Word));
                GoOn();
                break;
            case ExokernelProtocol.Came back:
                came = back.Registers;
                GoOn();
                break;
            case ExokernelProtocol.SliceStarts:
                StartSlice();
                break;
            case ExokernelProtocol.SliceEnds:
                Ends++;
                if (!Overstays && CpuContext.Core is not null)
                    Send(environment.Kernel, ExokernelProtocol.Saved.Instance, NowPs);
                break;
            case ExokernelProtocol.ReturnRequested request:
                OnRequest?.Invoke(request);
                break;
            case MemoryProtocol.FramesTaken:
            case ExokernelProtocol.Repossessed:
                break;
            case ExokernelProtocol.Ended:
                IsEnded = true;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StartSlice()
    {
        Starts.Add(Word);
        if (!hasBegun)
        {
            hasBegun = true;
            program(this);
        }
        else
        {
            GoOn();
        }
    }

    private void GoOn()
    {
        if (!awaitsSlice)
            return;
        awaitsSlice = false;
        CpuContext.Answer();
    }
}
