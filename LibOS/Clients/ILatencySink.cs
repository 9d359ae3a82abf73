namespace Disguise.LibOS.Clients;

/// <summary>Takes what clients measure. Watches only.</summary>
public interface ILatencySink
{
    /// <summary>
    /// A reply arrived in the measured interval; the latency counts from the time at which the
    /// request was due to be sent.
    /// </summary>
    /// <param name="group">The client's group, as in its settings.</param>
    /// <param name="latencyPs">Picoseconds.</param>
    void Record(int group, long latencyPs);
}
