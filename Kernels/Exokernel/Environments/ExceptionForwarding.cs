namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Hands exceptions to the environments that caused them: the kernel saves scratch registers where
/// both agreed, loads cause and address, and jumps to the address that the library has chosen. It
/// does not know what the exception means, and has no part in the way back (Engler et al., SOSP
/// 1995, section 5.3).
/// </summary>
internal sealed class ExceptionForwarding(KernelState state)
{
    /// <summary>Forwards an exception, or keeps it until its environment has its core again.
    /// </summary>
    public void Take(EnvironmentRecord environment, bool isPageFault)
    {
        environment.HasException = environment.Context.Core is null;
        environment.IsPageFault = isPageFault;
        if (environment.Context.Core is not { } core)
            return;
        var atPs = state.Work.TakeException(core, state.NowPs);
        if (isPageFault)
            atPs = state.Work.LookFaultUp(core, atPs);
        atPs = state.Work.Forward(core, atPs);
        state.Tell(environment, ExokernelProtocol.ExceptionForwarded.Instance, atPs);
    }

    /// <summary>Forwards the exception that was kept, if one was.</summary>
    public void TakeDeferred(EnvironmentRecord environment)
    {
        if (environment.HasException)
            Take(environment, environment.IsPageFault);
    }
}
