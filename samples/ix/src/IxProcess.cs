namespace Ix;

/// <summary>The application in ring 3, with its library. A failure is a crash of the tenant.
/// </summary>
internal sealed class IxProcess : ProgramActor
{
    private readonly Grant grant;
    private readonly IxSocket socket;

    public IxProcess(MachinePlan plan, Grant grant, IslandActorRef dataplane)
        : base(plan, grant.Tenant.Account)
    {
        this.grant = grant;
        socket = new IxSocket(
            Cpu, Memory, grant, plan.Requests,
            calls => Send(dataplane, IxSignal.RunIo, Cpu.ClockPs, calls));
    }

    protected override void OnMessage(object message)
    {
        grant.Core.SwitchTo(Cpu, IxMemory.UserOf(grant), NowPs);
        Cpu.Charge(HardwareCosts.TrapReturn);
        socket.Returned(Word);
        GoOn();
    }

    protected override EmulatedTask Run() =>
        grant.Tenant.Settings.Application.Run(new ApplicationHost(Cpu, Memory, socket));
}
