namespace Ix;

/// <summary>The application in ring 3, with its library. A failure is a crash of the tenant.
/// </summary>
internal sealed class IxProcess : EmulatedActor
{
    private readonly IxGrant grant;
    private readonly CpuContext context;
    private readonly DomainMemory memory;
    private readonly IxSocket socket;
    private EmulatedTask program;
    private bool hasBegun;

    public IxProcess(MachinePlan plan, IxGrant grant, IslandActorRef dataplane)
    {
        this.grant = grant;
        var costs = plan.Board.Costs;
        context = new CpuContext(Me, 0, costs, grant.Tenant.Account) { Observer = plan.Requests };
        memory = new DomainMemory(context, costs.Of(DeviceCosts.PciePostedWrite));
        socket = new IxSocket(
            context, memory, grant, plan.Requests,
            word => Send(dataplane, new IxSignal.RunIo(), context.ClockPs, word));
    }

    protected override void OnReceive(object message)
    {
        if (message is IxSignal.EventConditions)
            Return(Word);
        else if (message is ContextResume)
            context.Resume(Word);
        else
            Unhandled(message);
        if (!hasBegun || !program.IsCompleted)
            return;
        program.GetResult();
        Context.Stop(Self);
    }

    private void Return(long events)
    {
        grant.Core.SwitchTo(context, grant.User, NowPs);
        context.Charge(HardwareCosts.TrapReturn);
        if (hasBegun)
        {
            socket.Take(events);
            context.Answer();
            return;
        }

        hasBegun = true;
        program = grant.Tenant.Settings.Application.Run(
            new ApplicationHost(context, memory, socket));
    }
}
