using Disguise.Actors.Randomness;

namespace Disguise.LibOS.Clients;

/// <summary>Chooses a target for each request of one client.</summary>
public sealed class TargetChooser
{
    private readonly UdpLoadSettings settings;
    private readonly DeterministicRandom random;
    private int next;

    /// <summary>Makes the chooser of a client.</summary>
    /// <param name="settings">The group's targets and rule.</param>
    /// <param name="client">Number of the client in its group, from 0.</param>
    /// <param name="random">The client's own source.</param>
    public TargetChooser(UdpLoadSettings settings, int client, DeterministicRandom random)
    {
        this.settings = settings;
        this.random = random;
        next = client % settings.Targets.Count;
    }

    /// <summary>Index of the next request's target.</summary>
    public int Next()
    {
        switch (settings.Rule)
        {
            case TargetRule.Uniform:
                return (int)random.Below((ulong)settings.Targets.Count);
            case TargetRule.Zipf:
                return settings.Zipf!.Draw(random);
            case TargetRule.All:
                var chosen = next;
                next = (next + 1) % settings.Targets.Count;
                return chosen;
            default:
                return next;
        }
    }
}
