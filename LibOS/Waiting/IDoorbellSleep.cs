namespace Disguise.LibOS.Waiting;

/// <summary>How a context of a domain goes to sleep until its doorbell rings.</summary>
public interface IDoorbellSleep
{
    /// <summary>
    /// Called by a context that is in sync and blocks right after: on a shared core it asks the
    /// kernel to give the core to another one, on its own it just halts.
    /// </summary>
    void BeforeBlock();
}
