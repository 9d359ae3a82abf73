using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>
/// Takes interrupts and hands each to the domain that it is bound to, or to the kernel. Charges
/// the interrupt to whoever takes it, on this core.
/// </summary>
public sealed class CoreActor : EmulatedActor
{
    private readonly Core core;
    private readonly LedgerAccount kernelAccount;
    private IslandActorRef? kernel;

    /// <summary>Makes the actor of a core.</summary>
    public CoreActor(Core core, LedgerAccount kernelAccount)
    {
        this.core = core;
        this.kernelAccount = kernelAccount;
        core.Attach(Me);
    }

    /// <summary>Interrupts of vectors that nobody has bound.</summary>
    public long SpuriousCount { get; private set; }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CoreProtocol.MessageSignaledInterrupt:
                TakeInterrupt(core.BindingOf((int)Word));
                break;
            case CoreProtocol.TimerExpired:
                if (core.IsTimer(Word) && kernel is not null)
                {
                    var atPs = core.DoKernelWork(
                        kernelAccount, HardwareCosts.Interrupt, 1, NowPs);
                    Send(kernel, CoreProtocol.TimerInterrupt.Instance, atPs, core.Number);
                }

                break;
            case KernelAttached attached:
                kernel = attached.Kernel;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TakeInterrupt(VectorBinding binding)
    {
        if (binding.Kernel is null)
        {
            SpuriousCount++;
            return;
        }

        if (binding.Context is { State: ContextState.Blocked } context
            && ReferenceEquals(context.Core, core))
        {
            var entryPs = core.DoKernelWork(context.Account, HardwareCosts.Interrupt, 1, NowPs);
            Send(context.Owner, CoreProtocol.VirtualInterrupt.Instance, entryPs, binding.Event);
            return;
        }

        var atPs = core.DoKernelWork(kernelAccount, HardwareCosts.Interrupt, 1, NowPs);
        Send(binding.Kernel, CoreProtocol.KernelInterrupt.Instance, atPs,
            CoreProtocol.KernelInterrupt.WordOf(core.Number, binding.Event));
    }
}
