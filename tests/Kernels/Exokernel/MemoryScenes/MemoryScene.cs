using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Profiles;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// A machine of either kind of TLB with an Exokernel and environments, each on a core of its own,
/// that run programs of a test.
/// </summary>
internal sealed class MemoryScene : IMachineObserver, IDisposable
{
    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly List<MemoryEnvironment.Program> programs = [];
    private readonly ExokernelOptions options;

    public MemoryScene(
        Guards? guards = null, TlbModel? tlb = null, ExokernelOptions? kernel = null)
    {
        options = (kernel ?? new ExokernelOptions()) with { VirtualFunctions = 2, Observer = this };
        Island = emulation.AddIsland("server");
        Machine = new Machine(
            Island, "server",
            new MachineOptions
            {
                CoreCount = 4,
                MemoryBytes = 16 << 20,
                Guards = guards ?? Guards.All,
                Tlb = tlb ?? TlbModel.Default,
            },
            Costs());
    }

    public static TlbModel SoftwareTlb { get; } = new(TlbRefill.Software, 64, 64);

    public Island Island { get; }

    public Machine Machine { get; }

    public ExokernelKernel Kernel { get; private set; } = null!;

    /// <summary>Environments in the order of their numbers.</summary>
    public List<MemoryEnvironment> Environments { get; } = [];

    public List<RevocationReport> Revocations { get; } = [];

    public long NowPs { get; private set; }

    public MemoryScene Add(MemoryEnvironment.Program program)
    {
        programs.Add(program);
        return this;
    }

    public MemoryScene Start()
    {
        Island.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), Machine.Name);
        return this;
    }

    public MemoryScene Run(long untilPs)
    {
        NowPs = untilPs;
        Island.RunUntil(NowPs + 1);
        return this;
    }

    /// <summary>The operator orders frames back.</summary>
    public MemoryScene Revoke(
        int environment, int amount, long atPs, long deadlinePs, bool asks = true,
        string resource = RevocationOrder.Memory)
    {
        var order = new RevocationOrder(
            $"server.env[{environment}]", resource, asks, deadlinePs, atPs)
        {
            Amount = amount,
        };
        Island.Schedule(atPs, Kernel.Actor, new ExokernelProtocol.Revoke(order), null);
        return this;
    }

    /// <summary>The operator ends an environment.</summary>
    public MemoryScene End(int environment, long atPs)
    {
        Island.Schedule(
            atPs, Kernel.Actor, ExokernelProtocol.EndEnvironment.Instance, null,
            Environments[environment].Ordinal);
        return this;
    }

    /// <summary>What the audits of frames and of capabilities find.</summary>
    public List<string> Findings()
    {
        var findings = new List<string>();
        Kernel.CheckFrames(findings);
        Kernel.CheckCapabilities(findings);
        return findings;
    }

    public void CheckFrames() => Assert.Empty(Findings());

    public void ControlCall(string kind, bool isRefused, long calledPs, long returnedPs)
    {
    }

    public void Revoked(RevocationReport report) => Revocations.Add(report);

    public void Dispose() => emulation.Dispose();

    private static CostTable Costs()
    {
        var costs = new CostTable();
        var value = 10_000L;
        foreach (var key in (CostKey[])
        [
            HardwareCosts.Trap, HardwareCosts.TrapReturn, HardwareCosts.Interrupt,
            HardwareCosts.InterProcessorInterrupt, HardwareCosts.AddressSpaceSwitch,
            HardwareCosts.MmioWrite, HardwareCosts.TlbMiss, ProfileCosts.ControlPlaneCall,
            ProfileCosts.PageTableEntry, ProfileCosts.SchedulerWakeUp,
            ProfileCosts.SchedulerDispatch, ProfileCosts.FaultLookUp,
            ExokernelCosts.ExceptionForward, ExokernelCosts.KernelCallStack,
            ExokernelCosts.StlbRefill, ExokernelCosts.KernelCallDemultiplex,
            ExokernelCosts.KernelCall, ExokernelCosts.TlbWriteCall, ExokernelCosts.FrameCall,
            ExokernelCosts.SliceUpcall, ExokernelCosts.PredicateEvaluate,
            ExokernelCosts.ContextSave, HardwareCosts.PageCopyByte,
            DeviceCosts.PciePostedWrite, DeviceCosts.PcieRead,
            DeviceCosts.DmaByte, DeviceCosts.NicReceivePipeline,
            DeviceCosts.NicTransmitPipeline, DeviceCosts.MsiXDelivery,
        ])
        {
            costs.Set(key, value);
            value += 1_000;
        }

        return costs;
    }

    private void Assemble(MachineActor root)
    {
        foreach (var core in Machine.Cores)
        {
            root.Add($"core({core.Number})",
                () => new CoreActor(core, Machine.KernelAccount));
        }

        var link = root.Add("link", () => new Silence());
        var card = Card.Attach(
            Machine, new NicOptions { Model = NicModel.X520, TotalVirtualFunctions = 2 },
            root.Parts);
        card.ConnectLink(link);
        Kernel = ExokernelKernel.Attach(Machine, card, options, root);
        for (var number = 0; number < programs.Count; number++)
        {
            var (own, program) = (number, programs[number]);
            root.Add($"env({own})", () => new MemoryEnvironment(this, own, program));
        }
    }

    private sealed class Silence : EmulatedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
