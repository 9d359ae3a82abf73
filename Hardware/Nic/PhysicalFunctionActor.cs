using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The physical function: takes the kernel's orders, and has queues of its own like any function.
/// </summary>
internal sealed class PhysicalFunctionActor(NicDataPath device) : EmulatedActor
{
    private readonly PhysicalFunctionControl control = new(device);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is PhysicalFunctionProtocol.Order order)
        {
            var answer = control.Do(order);
            if (answer is not null)
                Send((IslandActorRef)Sender, answer, NowPs + device.Timings.PostedWritePs);
        }
        else if (!VirtualFunctionActor.Pass(
            device.Configuration.Physical, message, Word, Me, Sender))
        {
            Unhandled(message);
        }
    }
}
