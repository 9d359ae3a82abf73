using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;
using Disguise.Kernels.Monolithic.Softirq;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Network;
using Disguise.LibOS.SystemCalls;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>
/// A machine with a monolithic kernel and processes, with the costs of the paper's testbed and of
/// Linux, and a wire whose far end keeps what it gets.
/// </summary>
internal sealed class ProcessWorld : IReadiness, IMachineObserver, IDisposable
{
    public static readonly MacAddress Client = new(0x02_01_00_00_00_FF);
    public static readonly Ipv4Address ClientIp = Ipv4Address.Parse("10.0.128.1");

    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly List<(string Name, TenantSettings Settings, CorePlacement Placement)>
        planned = [];
    private readonly int cores;

    public ProcessWorld(int cores = 1, params Guard[] guardsOff)
    {
        this.cores = cores;
        Island = emulation.AddIsland("server");
        Costs = new CostTable();
        PlatformCatalog.Load("xeon-e5-2430-x520").Fill(Costs);
        ProfileCatalog.Load("linux-3.8").Fill(Costs);
        Machine = new Machine(
            Island, "server",
            new MachineOptions
            {
                CoreCount = cores,
                MemoryBytes = 1L << 30,
                Guards = Guards.AllBut(guardsOff),
            },
            Costs);
    }

    public Island Island { get; }

    public CostTable Costs { get; }

    public Machine Machine { get; }

    /// <summary>The screen, where there is to be one.</summary>
    public DisplayOptions? Screen { get; init; }

    public Display? Display { get; private set; }

    public Nic Card { get; private set; } = null!;

    public MonolithicKernel Kernel { get; private set; } = null!;

    public List<(long TimePs, byte[] Bytes)> Wire { get; } = [];

    public List<string> Ready { get; } = [];

    public List<string> Refused { get; } = [];

    public List<LedgerAccount> Accounts { get; } = [];

    public List<(string Kind, bool IsRefused)> Calls { get; } = [];

    public List<(string Address, int Taken)> Revoked { get; } = [];

    public long NowPs { get; private set; }

    /// <summary>Who polls beside ksoftirqd; what the kernel's options say unless it is set.
    /// </summary>
    public SoftirqSharing? Sharing { get; init; }

    public static MacAddress MacOf(int process) => new(0x02_00_00_00_00_10 + (ulong)process);

    public static Ipv4Address IpOf(int process) => new((uint)(0x0A_00_00_10 + process));

    /// <summary>Plans a process; its address is <c>server.p[number]</c>.</summary>
    public ProcessWorld Process(
        IApplication application, CorePlacement? placement = null, long rate = 0)
    {
        planned.Add((
            $"server.p[{planned.Count}]",
            new TenantSettings
            {
                Application = application,
                Interface = TenantInterface.Posix,
                RateLimitBitsPerSecond = rate,
            },
            placement ?? CorePlacement.Shared));
        return this;
    }

    /// <summary>Plans a process that runs a program of the test.</summary>
    public ProcessWorld Process(
        Func<ApplicationHost, ProcessSockets, EmulatedTask> program,
        CorePlacement? placement = null) => Process(new Program(program), placement);

    /// <summary>Switches the machine on, and lets its processes set themselves up.</summary>
    public ProcessWorld Start()
    {
        Island.Enter();
        Island.SpawnRoot(ActorProps.Of(() => new MachineActor(Assemble)), "server");
        Run(Picoseconds.PerMillisecond);
        return this;
    }

    public void Run(long durationPs = Picoseconds.PerMillisecond)
    {
        NowPs += durationPs;
        Island.RunUntil(NowPs + 1);
    }

    /// <summary>A datagram's last bit arrives from the wire.</summary>
    public void Arrive(
        int process, int payloadBytes = 64, ushort port = 7, long afterPs = 0,
        ushort sourcePort = 5_000, byte fill = 0x5A)
    {
        var bytes = new byte[FrameStore.LongestFrameBytes];
        var payload = new byte[payloadBytes];
        payload.AsSpan().Fill(fill);
        var hosts = new Ipv4Endpoints(Client, MacOf(process), ClientIp, IpOf(process));
        var length = FrameBuilder.Udp(
            bytes, new UdpEndpoints(hosts, sourcePort, port), payload);
        Island.Enter();
        Island.Schedule(
            NowPs + afterPs, Card.Device, Card.FrameArrival, null,
            Island.Frames.Take(bytes.AsSpan(0, length)));
    }

    public void Revoke(int process)
    {
        Island.Enter();
        Island.Schedule(
            NowPs, Kernel.Actor, new MonolithicProtocol.RevokeNetwork($"server.p[{process}]"),
            null);
    }

    /// <summary>Replies that a process has sent, by its source address.</summary>
    public IEnumerable<(long TimePs, byte[] Bytes)> SentBy(int process) => Wire.Where(frame =>
        MacAddress.Read(frame.Bytes.AsSpan(6)) == MacOf(process));

    /// <summary>Counters balance, and nothing is left in the kernel.</summary>
    public void AssertDrained()
    {
        Assert.Equal(0, Kernel.Received.Inside);
        Assert.Equal(0, Kernel.Transmitted.Inside);
        Assert.Equal(0, Kernel.HeldBufferCount);
        Assert.Equal(0, Island.Frames.Count);
        AssertFramesOwned();
    }

    public void AssertFramesOwned()
    {
        var findings = new List<string>();
        Assert.True(Kernel.CheckFrames(findings) > 0);
        Assert.Empty(findings);
    }

    void IReadiness.Ready(string address) => Ready.Add(address);

    void IReadiness.Failed(string address, string reason) => Refused.Add($"{address}: {reason}");

    void IMachineObserver.ControlCall(
        string kind, bool isRefused, long calledPs, long returnedPs)
    {
        Assert.True(returnedPs > calledPs);
        Calls.Add((kind, isRefused));
    }

    void IMachineObserver.Revoked(RevocationReport report) =>
        Revoked.Add((report.Address, report.Amount));

    public void Dispose() => emulation.Dispose();

    private void Assemble(MachineActor root)
    {
        foreach (var core in Machine.Cores)
            root.Add($"core({core.Number})", () => new CoreActor(core, Machine.KernelAccount));
        var link = root.Add("link", () => new WireEnd(Wire));
        Card = Nic.Attach(Machine, new NicOptions { Model = NicModel.X520 }, root.Parts);
        Card.ConnectLink(link);
        if (Screen is not null)
            Display = Display.Attach(Machine, Screen, root.Parts);
        var options = new MonolithicOptions
        {
            Display = Display,
            Network = NetworkLibrary.Instance,
            Memory = VirtualMemoryLibrary.Instance,
            Observer = this,
            ExpectedProcesses = planned.Count,
        };
        if (Sharing is { } sharing)
            options = options with { SoftirqSharing = sharing };
        Kernel = MonolithicKernel.Attach(Machine, Card, options, root);
        for (var number = 0; number < planned.Count; number++)
        {
            var (address, settings, placement) = planned[number];
            Accounts.Add(new LedgerAccount(address, "core", false));
            var environment = new DomainEnvironment
            {
                Address = address,
                Kernel = Kernel.Actor,
                Mac = MacOf(number),
                Ip = IpOf(number),
                Costs = Costs,
                Account = Accounts[number],
                Readiness = this,
            };
            root.Add($"p({number})", () => new ProcessActor(environment, settings, placement));
        }
    }

    private sealed class Program(Func<ApplicationHost, ProcessSockets, EmulatedTask> program)
        : IApplication
    {
        public ushort ServicePort => 0;

        public EmulatedTask Run(ApplicationHost host) =>
            program(host, ((SystemCallSocket)host.Socket).Sockets);
    }

    private sealed class WireEnd(List<(long, byte[])> wire) : EmulatedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not NetworkProtocol.Transmit)
                Unhandled(message);
            wire.Add((NowPs, Island.Frames.Read(Word).ToArray()));
            Island.Frames.Release(Word);
        }
    }
}
