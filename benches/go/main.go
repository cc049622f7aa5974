// The same jobs with goroutines and channels: `peers JOB CAPACITY ITEMS` prints the sum of the items, then figures.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	if len(os.Args) != 4 {
		fail("usage: peers JOB CAPACITY ITEMS")
	}
	capacity, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err.Error())
	}
	items, err := strconv.ParseUint(os.Args[3], 10, 64)
	if err != nil {
		fail(err.Error())
	}
	switch os.Args[1] {
	case "hop":
		sum, perItem := timed(items, func() uint64 { return hop(capacity, items) })
		counted, sends, receives := countedHop(capacity, items)
		if counted != sum {
			fail("the counted hop has another sum")
		}
		percent := 100 / float64(items)
		fmt.Println(sum, perItem, float64(sends)*percent, float64(receives)*percent)
	case "stages":
		sum, perItem := timed(items, func() uint64 { return stages(capacity, items) })
		fmt.Println(sum, perItem)
	default:
		fail("no such job: " + os.Args[1])
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}

// The result of a job, and its nanoseconds per item.
func timed(items uint64, job func() uint64) (uint64, float64) {
	start := time.Now()
	sum := job()
	return sum, float64(time.Since(start).Nanoseconds()) / float64(items)
}

func hop(capacity int, items uint64) uint64 {
	numbers := make(chan uint64, capacity)
	go func() {
		defer close(numbers)
		for n := uint64(0); n < items; n++ {
			numbers <- n
		}
	}()
	var sum uint64
	for n := range numbers {
		sum += n
	}
	return sum
}

// How many sends and receives cannot be done at once.
func countedHop(capacity int, items uint64) (sum, sends, receives uint64) {
	numbers := make(chan uint64, capacity)
	waited := make(chan uint64, 1)
	go func() {
		defer close(numbers)
		var waits uint64
		for n := uint64(0); n < items; n++ {
			select {
			case numbers <- n:
			default:
				waits++
				numbers <- n
			}
		}
		waited <- waits
	}()
	for {
		var n uint64
		var open bool
		select {
		case n, open = <-numbers:
		default:
			receives++
			n, open = <-numbers
		}
		if !open {
			return sum, <-waited, receives
		}
		sum += n
	}
}

// Source, map, filter, fold: a goroutine each, which a context can end.
func stages(capacity int, items uint64) uint64 {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	numbers := make(chan uint64, capacity)
	mixed := make(chan uint64, capacity)
	kept := make(chan uint64, capacity)
	go func() {
		defer close(numbers)
		for n := uint64(0); n < items; n++ {
			select {
			case numbers <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		defer close(mixed)
		for n := range numbers {
			select {
			case mixed <- (n * 0x9E3779B97F4A7C15) ^ (n >> 7):
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		defer close(kept)
		for n := range mixed {
			if n&3 == 0 {
				continue
			}
			select {
			case kept <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	var sum uint64
	for n := range kept {
		sum += n
	}
	return sum
}
