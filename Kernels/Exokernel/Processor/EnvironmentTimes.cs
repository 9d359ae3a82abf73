using Disguise.Actors.Time;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>
/// The environments of a machine as its cores see them: who sleeps, who has which core, who waits
/// for whom, who owes time. An environment has one core at most.
/// </summary>
internal sealed class EnvironmentTimes(int limit)
{
    private EnvironmentTime[] times = [];

    /// <summary>Numbers of environments are below this.</summary>
    public int Limit => limit;

    /// <summary>The record of an environment that there is.</summary>
    public ref EnvironmentTime this[int environment]
    {
        get
        {
            if (!IsPresent(environment))
                throw new InvalidOperationException($"no environment {environment}");
            return ref times[environment];
        }
    }

    /// <summary>Whether there is an environment of that number, any number.</summary>
    public bool IsPresent(int environment) =>
        (uint)environment < (uint)times.Length && times[environment].IsPresent;

    /// <summary>A new environment, which could run if it had slices.</summary>
    public void Add(int environment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(environment);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(environment, limit);
        if (IsPresent(environment))
            throw new InvalidOperationException($"environment {environment} is there already");
        if (environment >= times.Length)
        {
            var length = Math.Max(environment + 1, Math.Min(limit, times.Length * 2));
            Array.Resize(ref times, length);
        }

        times[environment] = EnvironmentTime.New;
    }

    /// <summary>
    /// An environment is gone; it has no slice and no core any more. Who had entered it and
    /// waited is told by number, in ascending order, and waits no longer.
    /// </summary>
    public void Remove(int environment, List<int> callers)
    {
        if (this[environment].Core >= 0)
            throw new InvalidOperationException($"environment {environment} still has a core");
        if (this[environment].Heir != SliceVector.Nobody)
            EndWait(environment);
        times[environment] = default;
        for (var number = 0; number < times.Length; number++)
        {
            if (!times[number].IsPresent || times[number].Heir != environment)
                continue;
            times[number].Heir = SliceVector.Nobody;
            callers.Add(number);
        }
    }

    /// <summary>An environment sleeps, at most until a time.</summary>
    public void Sleep(int environment, long untilPs)
    {
        ref var time = ref this[environment];
        time.IsAsleep = true;
        time.UntilPs = untilPs;
    }

    /// <summary>An environment does not sleep any more.</summary>
    public void Wake(int environment)
    {
        ref var time = ref this[environment];
        time.IsAsleep = false;
        time.UntilPs = Picoseconds.Never;
    }

    /// <summary>Who runs in the slices of an environment: who was entered last in the row that
    /// begins with it.</summary>
    public int HeirOf(int environment)
    {
        while (this[environment].Heir is var heir && heir != SliceVector.Nobody)
            environment = heir;
        return environment;
    }

    /// <summary>An environment has entered another and waits until that returns.</summary>
    public void Wait(int caller, int callee)
    {
        this[caller].Heir = callee;
        ref var entered = ref this[callee];
        entered.Waiters++;
        entered.Depth = Math.Max(entered.Depth, this[caller].Depth + 1);
    }

    /// <summary>An environment waits no longer for whom it entered.</summary>
    public void EndWait(int caller)
    {
        ref var entered = ref this[this[caller].Heir];
        this[caller].Heir = SliceVector.Nobody;
        if (--entered.Waiters == 0)
            entered.Depth = 0;
    }
}
